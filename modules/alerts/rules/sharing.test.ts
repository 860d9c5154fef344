import { describe, expect, test } from 'vitest'
import { isWanted, nextShared, type Shared } from './sharing.ts'

const match = { rules: [], below: null, leastColour: 'orange' as const }
const facts = { rule: 'waiting', colour: 'red' as const, path: [1, 4, 9] }

describe('who is told', () => {
  test.each([
    ['bad enough', { match, active: true }, 0, true],
    ['paused', { match, active: false }, 0, false],
    ['only red', { match: { ...match, leastColour: 'red' as const }, active: true }, 0, true],
    ['another rule', { match: { ...match, rules: ['other'] }, active: true }, 0, false],
    ['this rule among others', { match: { ...match, rules: ['other', 'waiting'] }, active: true }, 0, true],
    ['below its node', { match, active: true }, 4, true],
    ['elsewhere', { match, active: true }, 5, false],
  ])('%s', (_name, draft, below, wanted) => {
    expect(isWanted(draft, below, facts)).toBe(wanted)
  })
  test('milder than wanted', () => {
    expect(isWanted({ match, active: true }, 0, { ...facts, colour: 'yellow' })).toBe(false)
  })
})

describe('what is told', () => {
  const live = { closed: false, colour: 'orange' as const, reopened: 0, wanted: true }
  const raised: Shared = { what: 'raised', colour: 'orange', time: 0 }
  test('once when it arises, again when it gets worse, once when it ends', () => {
    expect(nextShared(live, [])).toEqual(raised)
    expect(nextShared(live, [raised])).toBeNull()
    expect(nextShared({ ...live, colour: 'red' }, [raised])).toEqual({ what: 'worsened', colour: 'red', time: 0 })
    expect(nextShared({ ...live, colour: 'yellow' }, [raised])).toBeNull()
    const ended: Shared = { what: 'closed', colour: 'orange', time: 0 }
    expect(nextShared({ ...live, closed: true }, [raised])).toEqual(ended)
    expect(nextShared({ ...live, closed: true }, [raised, ended])).toBeNull()
  })
  test('the end of what was never shared is not', () => {
    expect(nextShared({ ...live, closed: true }, [])).toBeNull()
    expect(nextShared({ ...live, wanted: false }, [])).toBeNull()
  })
  test('back to a colour it had is nothing new; a relapse is', () => {
    const worse: Shared = { what: 'worsened', colour: 'red', time: 0 }
    expect(nextShared({ ...live, colour: 'red' }, [raised, worse])).toBeNull()
    expect(nextShared({ ...live, reopened: 1 }, [raised, worse])).toEqual({ what: 'raised', colour: 'orange', time: 1 })
  })
})
