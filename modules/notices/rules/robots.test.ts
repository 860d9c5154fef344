import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutToBytes, render, sizeBytes } from './render.ts'
import { digestOf, judgeAnswer, MARKDOWN_LIMIT_BYTES, robotMessage, TEXT_LIMIT_BYTES } from './robots.ts'
import { ATTEMPTS_LIMIT, keptAnswer, nextTry } from './trying.ts'

const said = { title: '投诉预警：一号大厅', body: '本周 20 件', link: 'https://bihuan.example/alerts/1' }
const plain = { keyword: null, language: 'zh' } as const

describe('cutting', () => {
  test('is never longer, never splits a character, and says that something is missing', () => {
    expect(cutToBytes('闭环闭环', 9)).toBe('闭环…')
    expect(cutToBytes('闭环', 6)).toBe('闭环')
    expect(cutToBytes('👨‍👩‍👧一', 10)).toBe('…')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 3, max: 90 }), (text, limit) => {
        const cut = cutToBytes(text, limit)
        expect(sizeBytes(cut)).toBeLessThanOrEqual(limit)
        expect(cut === text || (cut.endsWith('…') && text.startsWith(cut.slice(0, -1)))).toBe(true)
      }),
    )
  })
  test.each(['dingtalk', 'wecom', 'feishu'] as const)('%s stays within its bytes and keeps the link', (kind) => {
    const long = robotMessage(
      kind,
      { ...said, body: '很长的一段话。'.repeat(2000) },
      { keyword: '闭环', language: 'zh' },
    )
    const text = JSON.stringify(long)
    const [content] = [...text.matchAll(/"(?:text|content)":"((?:\\.|[^"\\])*)"/g)].map(
      (found) => JSON.parse(`"${found[1]}"`) as string,
    )
    expect(sizeBytes(content!)).toBeLessThanOrEqual(kind === 'feishu' ? TEXT_LIMIT_BYTES : MARKDOWN_LIMIT_BYTES)
    expect(content).toContain('https://bihuan.example/alerts/1')
    expect(content).toContain('…')
    expect(content).toContain('闭环')
  })
})

test('the keyword stands in every message and in the title of markdown, once', () => {
  expect(robotMessage('dingtalk', said, { keyword: '服务', language: 'zh' })).toMatchObject({
    markdown: { title: '【服务】投诉预警：一号大厅', text: expect.stringContaining('【服务】') as string },
  })
  expect(robotMessage('dingtalk', said, { keyword: '投诉', language: 'zh' })).toMatchObject({
    markdown: { title: '投诉预警：一号大厅' },
  })
  expect(robotMessage('feishu', said, { keyword: '服务', language: 'zh' })).toEqual({
    msg_type: 'text',
    content: { text: '【服务】投诉预警：一号大厅\n本周 20 件\nhttps://bihuan.example/alerts/1' },
  })
})

test('what people typed calls nobody and links nowhere', () => {
  for (const kind of ['dingtalk', 'wecom', 'feishu'] as const) {
    const body = '<@all> <at user_id="all">x</at> [win](http://evil.example) ![p](http://evil.example)'
    const text = JSON.stringify(robotMessage(kind, { ...said, body }, plain))
    expect(text).not.toContain('<')
    expect(text).not.toContain('](http://evil')
    expect(text).not.toContain('@all')
  }
})

describe('answers', () => {
  const cases: ['dingtalk' | 'wecom' | 'feishu', number, string, string | null, number][] = [
    ['dingtalk', 200, '{"errcode":0,"errmsg":"ok"}', null, 0],
    ['dingtalk', 200, '{"errcode":130101,"errmsg":"send too fast"}', 'rate-limit', 600],
    ['dingtalk', 200, '{"errcode":310000,"errmsg":"sign not match"}', 'refused', 0],
    ['wecom', 200, '{"errcode":45009}', 'rate-limit', 60],
    ['wecom', 200, '{"errcode":93000}', 'refused', 0],
    ['feishu', 200, '{"code":0,"StatusCode":0}', null, 0],
    ['feishu', 200, '{"StatusCode":0}', null, 0],
    ['feishu', 200, '{"code":19021,"msg":"sign match fail"}', 'refused', 0],
    ['feishu', 200, '{"code":11232}', 'rate-limit', 60],
    ['feishu', 429, '', 'rate-limit', 60],
    ['feishu', 200, '<html>', 'garbage', 0],
    ['feishu', 200, 'null', 'garbage', 0],
    ['feishu', 302, '', 'redirect', 0],
    ['feishu', 503, '', 'status', 0],
  ]
  test.each(cases)('%s %i %s', (kind, status, text, problem, restSeconds) => {
    expect(judgeAnswer(kind, status, text)).toEqual({ problem, restSeconds })
  })
})

test('what may pass is tried again, later and later, and given up; what will not is given up at once', () => {
  const now = Temporal.Instant.from('2026-03-02T01:00:00Z')
  const wait = (problem: Parameters<typeof nextTry>[0]['problem'], attempts: number, status: number | null = null) =>
    nextTry({ problem, status, attempts }, now, 0.5)?.since(now).total('minutes') ?? null
  expect([1, 2, 3, 4, 5, ATTEMPTS_LIMIT].map((attempts) => wait('slow', attempts))).toEqual([1, 3, 10, 30, 120, null])
  expect([wait('status', 1, 500), wait('status', 1, 404), wait('rate-limit', 1), wait('unreachable', 1)]).toEqual([
    1,
    null,
    1,
    1,
  ])
  for (const problem of ['refused', 'garbage', 'redirect', 'private', 'secret-lost', 'mail-off'] as const)
    expect([problem, wait(problem, 1)]).toEqual([problem, null])
})

test('of an answer a short line is kept, without address or secret', () => {
  expect(keptAnswer('bad token abcdef at https://oapi.example/robot?access_token=abcdef\n\u0000x', ['abcdef'])).toBe(
    'bad token *** at *** x',
  )
  expect(keptAnswer('  ', [])).toBe(null)
  expect(keptAnswer('好'.repeat(900), [])).toHaveLength(201)
})

test('a digest names the first and counts the rest', () => {
  const { title, body } = digestOf(
    Array.from({ length: 30 }, (_each, index) => `t${index}`),
    10_000,
    'zh',
  )
  expect(title).toBe('10000 条通知')
  expect(body.split('\n')).toHaveLength(21)
  expect(body).toContain('另有 9980 条')
})

test('gaps are filled in both languages, titles are one line, nothing grows without bound', () => {
  const words = {
    name: { zh: '预警', en: 'Alerts' },
    title: { zh: '{unit}：{count} 件', en: '{unit}: {count} {count|complaint|complaints}' },
    body: { zh: '{colour}预警', en: '{colour} alert' },
  }
  const made = render(words, { unit: '一号\n大厅', count: 1, colour: { zh: '红色', en: 'Red' } })
  expect(made.title).toEqual({ zh: '一号 大厅：1 件', en: '一号 大厅: 1 complaint' })
  expect(made.body).toEqual({ zh: '红色预警', en: 'Red alert' })
  expect(render(words, { unit: 'x'.repeat(10_000) }).title.zh.length).toBeLessThanOrEqual(200)
})
