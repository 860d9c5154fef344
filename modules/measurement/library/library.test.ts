/** The library says only what can be calculated, in both languages, in its own words. */
import { describe, expect, test } from 'vitest'
import { sectors } from '../contract/library.ts'
import { canonicalDraft, faultsOfDraft } from '../rules/definition.ts'
import { entriesOf, libraryEntries, partsOf, withParts } from './all.ts'
import { draftOf } from './draft.ts'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'
import { ownWordsOf, reworded, rewordingOf, wordsOf } from './reword.ts'
import { sources } from './sources.ts'
import { OFFICE_HOURS } from './terms.ts'
import { vocabulary } from './vocabulary.ts'
import { attributeWords, codeWords, valueWords } from './words-known.ts'

const ZONE = 'Asia/Shanghai'
const drafts = libraryEntries.map((entry) => ({ entry, draft: draftOf(entry, ZONE) }))
const HAN = /\p{Script=Han}/u

describe('the library', () => {
  test('has at least eighty indicators, each once, and every kind of definition', () => {
    expect(libraryEntries.length).toBeGreaterThanOrEqual(80)
    expect(new Set(libraryEntries.map((entry) => entry.id)).size).toBe(libraryEntries.length)
    expect(new Set(drafts.map(({ draft }) => draft.definition.kind)).size).toBe(16)
    expect(new Set(drafts.map(({ draft }) => draft.category)).size).toBe(5)
  })

  test('gives every sector at least eighteen', () => {
    for (const sector of sectors) expect([sector, entriesOf(sector).length >= 18]).toEqual([sector, true])
  })

  test.each(drafts)('$entry.id can be calculated', ({ draft, entry }) => {
    expect(faultsOfDraft(draft)).toEqual([])
    expect(draft.examples.length).toBeGreaterThan(0)
    expect(entry.sectors.length).toBe(new Set(entry.sectors).size)
  })

  test.each(drafts)('$entry.id is told in both languages', ({ entry, draft }) => {
    for (const told of [draft.title, draft.explanation, entry.formula, entry.targetBasis, sources[entry.source]]) {
      expect(HAN.test(told.zh) || /\d/.test(told.zh)).toBe(true)
      expect(told.en).not.toMatch(HAN)
      expect(told.zh).not.toBe(told.en)
    }
    for (const { title } of draft.examples) expect(title).toContain(' / ')
  })

  test('counts nothing twice: no two entries have the same content, title or formula', () => {
    const contents = drafts.map(({ draft }) =>
      canonicalDraft({
        ...draft,
        id: 'x',
        title: X,
        explanation: X,
        source: '',
        owner: '',
        target: null,
        examples: [],
      }),
    )
    expect(new Set(contents).size).toBe(drafts.length)
    for (const of of ['zh', 'en'] as const) {
      expect(new Set(drafts.map(({ draft }) => draft.title[of])).size).toBe(drafts.length)
    }
  })

  test('a rate without events is a gap; only totals are a zero', () => {
    for (const { draft } of drafts) {
      const zero = ['count', 'sum', 'cumulative', 'backlog'].includes(draft.definition.kind)
      expect([draft.id, draft.missing.noEvents]).toEqual([draft.id, zero ? 'zero' : 'gap'])
    }
  })

  test('what has a direction and a target in percent lies between 0 and 100', () => {
    for (const { draft } of drafts) {
      if (draft.unit !== 'percent' || draft.target === null) continue
      expect([draft.id, draft.target >= 0 && draft.target <= 100]).toEqual([draft.id, true])
    }
  })
})
const X = { zh: 'x', en: 'x' }

describe('its words', () => {
  const known = new Map(vocabulary.map((type) => [type.name, type]))

  test('are each explained once, and every type carries something', () => {
    expect(known.size).toBe(vocabulary.length)
    for (const type of vocabulary) {
      expect([type.name, /^[a-z]+(-[a-z]+)*$/.test(type.name)]).toEqual([type.name, true])
      expect(HAN.test(type.title.zh) && !HAN.test(type.title.en)).toBe(true)
    }
  })

  test.each(drafts)('$entry.id speaks in them', ({ draft }) => {
    const lists = {
      eventTypes: known,
      attributes: wordMap(attributeWords),
      values: wordMap(valueWords),
      codes: wordMap(codeWords),
    }
    for (const { kind, word } of wordsOf(draft)) expect([kind, word, lists[kind].has(word)]).toEqual([kind, word, true])
    for (const event of draft.examples.flatMap((example) => example.events)) {
      const type = known.get(event.type)
      expect([event.type, type === undefined]).toEqual([event.type, false])
      for (const name of Object.keys(event.attributes)) expect(type!.attributes).toContain(name)
      for (const name of Object.keys(event.values)) expect(type!.values).toContain(name)
    }
  })

  test('none is there for nothing', () => {
    const used = new Set<string>()
    for (const { draft } of drafts)
      reworded(draft, (kind, word) => {
        used.add(`${kind} ${word}`)
        return word
      })
    const unused = (kind: string, words: readonly string[]) => words.filter((word) => !used.has(`${kind} ${word}`))
    expect(unused('eventTypes', [...known.keys()])).toEqual([])
    expect(unused('codes', Object.keys(codeWords))).toEqual([])
  })

  test('ask for one calendar only', () => {
    const calendars = drafts.flatMap(({ draft }) => calendarsNamed(draft))
    expect(new Set(calendars)).toEqual(new Set([OFFICE_HOURS]))
    expect(calendars.length).toBeLessThan(5)
  })
})
const wordMap = (words: object) => new Set(Object.keys(words))

describe('sets', () => {
  test('of every sector bring what they are made of, parts first', () => {
    for (const sector of sectors) {
      const entries = entriesOf(sector)
      const ids = new Set(entries.map((entry) => entry.id))
      for (const entry of entries)
        for (const part of partsOf(entry))
          expect([sector, entry.id, part, ids.has(part)]).toEqual([sector, entry.id, part, true])
      const order = withParts(entries.toReversed()).map((entry) => entry.id)
      expect(order.length).toBe(entries.length)
      for (const entry of entries)
        for (const part of partsOf(entry)) expect(order.indexOf(part)).toBeLessThan(order.indexOf(entry.id))
    }
  })
})

describe('rewording', () => {
  const own = {
    eventTypes: { visit: '办理', complaint: 'tousu' },
    attributes: { channel: '渠道', evidence: '证明' },
    values: { 'waiting-minutes': '等待' },
    codes: { online: '网上', yes: 'Y' },
  }

  test('puts own words in and can be read off again', () => {
    const words = rewordingOf(own)
    const pairs = drafts.map(({ draft }) => ({ ready: draft, installed: reworded(draft, words) }))
    expect(ownWordsOf(pairs)).toEqual(own)
    for (const { ready, installed } of pairs) {
      expect(faultsOfDraft(installed)).toEqual([])
      expect(JSON.stringify(installed)).not.toMatch(/"(eventType|type)":"(visit|complaint)"/)
      expect(ready.id).toBe(installed.id)
    }
  })

  test('without own words changes nothing, and a changed form says nothing', () => {
    const [{ draft }] = drafts as [(typeof drafts)[number]]
    expect(reworded(draft, (_kind, word) => word)).toEqual(draft)
    const other = drafts.find((each) => each.draft.definition.kind !== draft.definition.kind)!.draft
    const nothing = { eventTypes: {}, attributes: {}, values: {}, codes: {} }
    expect(ownWordsOf([{ ready: draft, installed: other }])).toEqual(nothing)
  })
})
