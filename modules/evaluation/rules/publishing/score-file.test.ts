/** The file as written here, checked by the script people are given, which shares no line with what calculates here. */
import { flatItems } from '../schemes/flat-items.ts'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newKeyPair, signText } from '#platform/signing/ed25519'
import { canonicalText } from '#platform/text/canonical-text'
import type { SchemeDraft } from '../../contract.ts'
import { protectScore } from '../protect-scores.ts'
import { frozenReadings, inOrder } from './frozen.ts'
import { bands, fileOf, keys, type Made, made, pair, relative, signed, sums } from './made-for-test.ts'

interface Problem {
  readonly unit: string | null
  readonly what: string
  readonly stated: unknown
  readonly computed: unknown
}
interface Script {
  readonly checkFile: (
    file: unknown,
    keys?: unknown,
  ) => Promise<{ problems: Problem[]; notes: string[]; units: number }>
  readonly canonical: (value: unknown) => string
}
const path = join(import.meta.dirname, '../../../../apps/web/public/recompute-scores.mjs')
const { checkFile, canonical } = (await import(pathToFileURL(path).href)) as Script

const problemsOf = async (given: Made) => {
  const file = JSON.parse(JSON.stringify(signed(fileOf(given)))) as unknown
  return (await checkFile(file, keys)).problems
}

describe('what is published is what the script calculates', () => {
  for (const aggregation of [...sums, ...relative]) {
    const name = aggregation.kind === 'fuzzy' ? `fuzzy, ${aggregation.operator}` : aggregation.kind
    test(name, async () => {
      const runs = aggregation.kind === 'data-envelopment' ? 5 : relative.includes(aggregation) ? 10 : 30
      await fc.assert(
        fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), async (seed) => {
          expect(await problemsOf(made(seed, aggregation))).toEqual([])
        }),
        { numRuns: runs },
      )
    })
  }
  for (const own of bands)
    test(`stars by ${own.kind}, held`, async () => {
      for (let seed = 0.05; seed < 1; seed += 0.1)
        expect(
          await problemsOf(made(seed, { kind: 'weighted-sum' }, { grades: { bands: own, hysteresisPoints: 3 } })),
        ).toEqual([])
    })
  test('what is read back is what was calculated from', () => {
    for (let seed = 0.05; seed < 1; seed += 0.1) {
      const given = made(seed, { kind: 'weighted-sum' })
      fileOf(given, (kept, basis) => {
        const items = given.readings.items.map((item) => ({
          ...item,
          hidden: item.hidden.map((flag, unit) => (Number.isNaN(item.values[unit]!) ? flag : 0)),
        }))
        expect(frozenReadings(inOrder(kept.toReversed()), basis)).toEqual({ ...given.readings, items })
      })
    }
  })
  test('canonical text is the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(value)).toBe(canonicalText(value))
      }),
    )
  })
})

describe('whoever changes the file is found out', () => {
  const whole = signed(fileOf(made(0.42, { kind: 'weighted-sum' }, { gates: [] })))
  type Whole = typeof whole
  const unitOf = (file: Whole, place = 0) => {
    const found = file.content.units.filter((unit) => !unit.withheld && unit.result.composite !== null)
    return found[place] as Exclude<Whole['content']['units'][number], { withheld: true }>
  }
  const changes: [string, (file: Whole) => void, RegExp][] = [
    ['a composite', (file) => void (unitOf(file).result.composite! += 0.001), /composite/],
    ['stars', (file) => void (unitOf(file).result.stars = (unitOf(file).result.stars! % 5) + 1), /stars/],
    ['a rank', (file) => void (unitOf(file).result.rank! += 1), /rank/],
    ['an experience score', (file) => void (unitOf(file).result.experience! += 0.01), /experience/],
    ['a percentile', (file) => void (unitOf(file).result.percentile! += 1), /percentile/],
    [
      'an input',
      (file) => void (unitOf(file).values[0] = (unitOf(file).values[0] ?? 0) + 1),
      /value that counts|prior/,
    ],
    ['a standard error', (file) => void (unitOf(file).result.standardError! *= 2), /standard error|interval/],
    [
      'points of an item',
      (file) => void (unitOf(file).points = unitOf(file).points.map((each) => each && each / 2)),
      /points/,
    ],
    ['an effective weight', (file) => void (unitOf(file).effectiveWeights[0]! += 0.1), /effective weight/],
    [
      'a weight of the scheme',
      (file) => void (file.content.scheme.draft.dimensions[0]!.weight += 0.1),
      /weights of the dimensions/,
    ],
    ['two weights that still sum', swapWeights, /effective weight/],
    ['a border', (file) => void (file.content.borders[0]! += 5), /border|stars/],
    ['the mean', (file) => void (file.content.mean! += 1), /mean/],
    ['a unit taken away', (file) => void file.content.units.splice(0, 1), /ranked|rank/],
    ['the change from before', (file) => void (unitOf(file).result.changeSignificant = true), /signature/],
    ['the organisation', (file) => void Object.assign(file.content.organisation, { id: 'x' }), /signature/],
    ['the seed', (file) => void Object.assign(file.content.run, { seed: 0.5 }), /signature/],
  ]
  function swapWeights(file: Whole): void {
    const { dimensions } = file.content.scheme.draft
    dimensions[0]!.weight += 0.05
    dimensions[1]!.weight -= 0.05
  }
  test.each(changes)('%s', async (_name, change, named) => {
    const file = structuredClone(whole)
    change(file)
    const { problems } = await checkFile(file, keys)
    expect(problems.map((problem) => problem.what).join('\n')).toMatch(named)
    expect(problems.some((problem) => problem.what === 'signature')).toBe(true)
  })
  test('also one who signs again with a key of their own', async () => {
    const other = newKeyPair()
    const { content } = structuredClone(whole)
    content.mean = 0
    const text = canonicalText(content)
    const { keyId, publicKey } = other
    const forged = {
      content,
      signature: { ...whole.signature, keyId, publicKey, value: signText(text, other.privateKey) },
    }
    const { problems } = await checkFile(forged, keys)
    expect(problems.map((problem) => problem.what)).toContain('signature: key')
    expect((await checkFile(whole, { ...keys, organisation: { id: 'other' } })).problems).toHaveLength(1)
    // Named as the key it is not.
    const named = { ...forged, signature: { ...forged.signature, keyId: pair.keyId } }
    expect((await checkFile(named, keys)).problems.map((problem) => problem.what)).toContain(
      'signature: name of the key',
    )
  })
  test('and a file that is none is told', async () => {
    for (const file of [{}, { content: {} }, { content: { format: 'bihuan-scores/2' } }, []])
      expect((await checkFile(file)).problems.map((problem) => problem.what)).toEqual(['format'])
    const { notes } = await checkFile(whole)
    expect(notes.join()).toContain(pair.keyId)
  })
})

describe('what the file does not tell', () => {
  const { draft, readings, starsBefore } = made(
    0.7,
    { kind: 'weighted-sum' },
    { eligibility: { leastItems: 1, leastDimensions: 1, leastN: 15 } },
  )
  const judged: SchemeDraft = {
    ...draft,
    weighting: {
      method: 'analytic-hierarchy',
      priorities: 'eigenvector',
      randomIndex: 'saaty-1980',
      combine: 'judgements',
      comparisons: [{ of: null, judges: [{ name: '王局长', weight: 1, judgements: [3] }] }],
    },
  }
  const file = fileOf({ draft: judged, readings, starsBefore })
  test('values of units with too few cases, and of items that rest on too few', () => {
    const withheld = file.units.filter((unit) => unit.withheld)
    expect(withheld.length).toBeGreaterThan(0)
    for (const unit of withheld) expect(Object.keys(unit).toSorted()).toEqual(['key', 'name', 'peerGroup', 'withheld'])
    for (const unit of file.units)
      if (!unit.withheld)
        for (const [place, because] of unit.missing.entries())
          if (because === 'too-few' || because === 'hidden')
            expect([unit.values[place], unit.ns[place], unit.errors[place], unit.used[place]]).toEqual([
              null,
              null,
              null,
              null,
            ])
  })
  test('who judged in pairs, though what they judged', () => {
    expect(JSON.stringify(file)).not.toContain('王局长')
    expect(file.scheme.draft.weighting).toMatchObject({ comparisons: [{ judges: [{ name: '1', judgements: [3] }] }] })
  })
  test('and is still found right', async () => {
    expect((await checkFile(signed(file), keys)).problems).toEqual([])
  })
})

describe('items that rest on the answers of few people', () => {
  for (const aggregation of [...sums, ...relative])
    test(`are not told, and ${aggregation.kind} is still found right and false`, async () => {
      let found = 0
      for (const seed of [0.15, 0.35, 0.5, 0.65, 0.85]) {
        const given = made(seed, aggregation)
        const two = flatItems(given.draft).slice(0, 2)
        const file = fileOf(given, undefined, (score, entity) => {
          // A single one would not have been counted, nor any where there is nothing else.
          const counted = score.parts.flatMap((part) => (part.points === null ? [] : part.item))
          const both = entity % 3 === 0 && counted.length > 2 && two.every(({ id }) => counted.includes(id))
          return protectScore(score, (item) => both && two.some(({ id }) => id === item))
        })
        const own = file.units.filter((unit) => !unit.withheld && unit.protected)
        found += own.length
        for (const unit of own)
          if (!unit.withheld)
            expect([unit.values, unit.ns, unit.errors, unit.used, unit.points, unit.gates]).toEqual([
              [],
              [],
              [],
              [],
              [],
              [],
            ])
        expect((await checkFile(signed(file), keys)).problems).toEqual([])
        const ranked = own.find((unit) => !unit.withheld && unit.result.rank !== null)
        if (ranked && !ranked.withheld) {
          ranked.result.rank! += 1
          expect((await checkFile(signed(file), keys)).problems.map((problem) => problem.what)).toContain('rank')
        }
      }
      // With two items only, nothing is left to tell.
      expect(found > 0).toBe(flatItems(made(0.5, aggregation).draft).length > 2)
    })
})
