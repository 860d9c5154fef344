import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPhrases } from './find-phrases.ts'

const phrases = ['投诉', '退款', 'complaint', 'refund', 'complain*', '12345']
const find = (text: string, except: string[] = []) => findPhrases(text, { phrases, except })
const meant = (text: string, except: string[] = []) =>
  find(text, except)
    .filter((each) => !each.denied)
    .map((each) => each.phrase)
const denied = (text: string) =>
  find(text)
    .filter((each) => each.denied)
    .map((each) => each.phrase)

describe('what is said', () => {
  const cases: [string, string[]][] = [
    ['我要投诉你们！', ['投诉']],
    ['等了三个小时，必须退款，否则投诉', ['投诉', '退款']],
    ['I want a REFUND now', ['refund']],
    ['我要ｒｅｆｕｎｄ', ['refund']],
    ['This is my third complaint', ['complaint', 'complain*']],
    ['I will be complaining to 12345', ['complain*', '12345']],
    ['得不到答复，我不得不投诉', ['投诉']],
    ['忍不住要投诉', ['投诉']],
    ['不是不投诉，是没时间', ['投诉']],
    ['服务不好，我要投诉', ['投诉']],
    ['没有人管，但是我会投诉', ['投诉']],
    ['Not only a complaint but two', ['complaint', 'complain*']],
    ['It was not good. Refund please', ['refund']],
  ]
  test.each(cases)('%s', (text, expected) => {
    expect(meant(text).toSorted()).toEqual(expected.toSorted())
  })
})

describe('what is denied, or something else', () => {
  const cases: [string, string[]][] = [
    ['我不投诉了，谢谢', ['投诉']],
    ['没有投诉', ['投诉']],
    ['无需退款', ['退款']],
    ['这次就不想再投诉了', ['投诉']],
    ['I have no complaint', ['complaint', 'complain*']],
    ["I don't want a refund", ['refund']],
    ['We never had a complaint', ['complaint', 'complain*']],
    ['He was refunded', []],
    ['服务很好', []],
    ['', []],
  ]
  test.each(cases)('%s', (text, expected) => {
    expect(meant(text)).toEqual([])
    expect(denied(text).toSorted()).toEqual(expected.toSorted())
  })
  test('a phrase inside a harmless one', () => {
    expect(meant('请问投诉电话是多少', ['投诉电话'])).toEqual([])
    expect(meant('请问投诉电话是多少，我要投诉', ['投诉电话'])).toEqual(['投诉'])
  })
  test('said once and denied once: it was said', () => {
    expect(meant('上次没投诉，这次投诉定了')).toEqual(['投诉'])
  })
})

test('some words around it, as written', () => {
  const text = `${'前'.repeat(60)}我要投诉你们${'后'.repeat(60)}`
  expect(find(text)[0]!.excerpt).toBe(`…${'前'.repeat(22)}我要投诉你们${'后'.repeat(22)}…`)
})

test('whatever is written, nothing breaks and nothing is found twice', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 5 }),
      (text, list) => {
        const found = findPhrases(text, { phrases: [...new Set(list)], except: [] })
        expect(new Set(found.map((each) => each.phrase)).size).toBe(found.length)
      },
    ),
  )
})
