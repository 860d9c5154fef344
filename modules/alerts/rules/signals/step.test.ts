import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NORMAL, type Seen, type Signal, stepSignal, type Turn } from './step.ts'

const steady = (part: object = {}) => ({
  forPeriods: 1,
  quietPeriods: 1,
  easePercent: 0,
  noData: 'keep' as const,
  ...part,
})
const seen = (letter: string): Seen =>
  letter === 'g' ? { kind: 'good' } : letter === 'n' ? { kind: 'no-data' } : { kind: 'bad', severity: Number(letter) }

/** States and turns along a word: g good, n no data, 1 to 3 bad with that colour. */
function walk(word: string, part: object = {}): { states: string[]; turns: Turn[]; last: Signal } {
  let signal = NORMAL
  const [states, turns]: [string[], Turn[]] = [[], []]
  for (const letter of word) {
    const step = stepSignal(signal, seen(letter), steady(part))
    signal = step.signal
    states.push(signal.state)
    turns.push(step.turn)
  }
  return { states, turns, last: signal }
}

describe('every state and what may follow', () => {
  const cases: [string, string, object, string[], Turn[]][] = [
    ['fires at once and is gone at once', '2g', {}, ['firing', 'normal'], ['fires', 'gone']],
    [
      'three in a row before it fires',
      '222',
      { forPeriods: 3 },
      ['pending', 'pending', 'firing'],
      ['none', 'none', 'fires'],
    ],
    [
      'pending is forgotten by one good period',
      '2g2',
      { forPeriods: 2 },
      ['pending', 'normal', 'pending'],
      ['none', 'none', 'none'],
    ],
    [
      'pending survives a period without data',
      '2n2',
      { forPeriods: 2 },
      ['pending', 'pending', 'firing'],
      ['none', 'none', 'fires'],
    ],
    ['goes on firing', '123', {}, ['firing', 'firing', 'firing'], ['fires', 'fires-on', 'fires-on']],
    [
      'quiet for two before it is gone',
      '2gg',
      { quietPeriods: 2 },
      ['firing', 'recovering', 'normal'],
      ['fires', 'recovering', 'gone'],
    ],
    [
      'back while recovering',
      '2g2',
      { quietPeriods: 2 },
      ['firing', 'recovering', 'firing'],
      ['fires', 'recovering', 'back'],
    ],
    [
      'recovering takes as long as asked',
      '2ggg',
      { quietPeriods: 3 },
      ['firing', 'recovering', 'recovering', 'normal'],
      ['fires', 'recovering', 'none', 'gone'],
    ],
    ['no data keeps what was', 'n2n', {}, ['normal', 'firing', 'firing'], ['none', 'fires', 'none']],
    ['no data counts as quiet', '2n', { noData: 'quiet' }, ['firing', 'normal'], ['fires', 'gone']],
    [
      'no data alarms',
      'gnng',
      { noData: 'alert' },
      ['normal', 'no-data', 'no-data', 'normal'],
      ['none', 'lost', 'none', 'gone'],
    ],
    [
      'no data while firing, then firing still',
      '2n2',
      { noData: 'alert' },
      ['firing', 'no-data', 'firing'],
      ['fires', 'lost', 'back'],
    ],
    ['no data, then bad for the first time', 'n2', { noData: 'alert' }, ['no-data', 'firing'], ['lost', 'fires']],
    [
      'no data, then good, quietly',
      '2ngg',
      { noData: 'alert', quietPeriods: 2 },
      ['firing', 'no-data', 'recovering', 'normal'],
      ['fires', 'lost', 'recovering', 'gone'],
    ],
  ]
  test.each(cases)('%s', (_name, word, part, states, turns) => {
    expect(walk(word, part)).toMatchObject({ states, turns })
  })
})

test('a signal fires only after so many bad ones, is gone only after so many good ones, and never twice without being gone between', () => {
  const letters = fc.array(fc.constantFrom('g', '1', '2', '3'), { maxLength: 60 })
  const count = fc.integer({ min: 1, max: 4 })
  fc.assert(
    fc.property(letters, count, count, (word, forPeriods, quietPeriods) => {
      const { turns, states } = walk(word.join(''), { forPeriods, quietPeriods })
      let open = false
      for (const [at, turn] of turns.entries()) {
        const before = (length: number) => word.slice(Math.max(0, at - length + 1), at + 1)
        if (turn === 'fires') {
          expect(open).toBe(false)
          expect(before(forPeriods).filter((letter) => letter !== 'g')).toHaveLength(forPeriods)
          open = true
        }
        if (turn === 'gone') {
          expect(open).toBe(true)
          expect(before(quietPeriods).filter((letter) => letter === 'g')).toHaveLength(quietPeriods)
          open = false
        }
        expect(states[at] === 'firing' || states[at] === 'recovering').toBe(open)
      }
    }),
  )
})
