import { describe, expect, test } from 'vitest'
import { mappingDefinition } from '../../contract.ts'
import { missingColumns, rowMapper } from './map-row.ts'

const header = ['no', 'at', 'closed', 'dept', 'win', 'kind', 'minutes']
const definition = mappingDefinition.parse({
  eventType: 'visit',
  entity: { columns: ['dept', 'win'] },
  time: { column: 'at' },
  identity: ['no'],
  attributes: [{ column: 'kind', name: 'kind' }],
  values: [
    { name: 'minutes', column: 'minutes' },
    { name: 'hours', hoursFrom: 'at', hoursTo: 'closed' },
  ],
})
const good = ['7', '2026-03-01 08:00', '2026-03-01 09:30', 'D 1', 'W/2', 'web', '12.5']
const map = (cells: string[], change: object = {}) =>
  rowMapper(mappingDefinition.parse({ ...definition, ...change }), header, 'Asia/Shanghai')(cells)
const withCell = (name: string, text: string) => good.map((cell, index) => (header[index] === name ? text : cell))

test('a good row', () => {
  expect(map(good)).toMatchObject({
    entityKey: 'D-1-W-2',
    occurredAt: Temporal.Instant.from('2026-03-01T00:00:00Z').epochMilliseconds,
    eventType: 'visit',
    attributes: { kind: 'web' },
    values: { minutes: 12.5, hours: 1.5 },
    identity: '7',
  })
})

test('columns the file does not have', () => {
  expect(missingColumns(definition, ['no', 'at', 'dept', 'minutes'])).toEqual(['win', 'kind', 'closed'])
})

describe('rows that are refused, with the field and the rule', () => {
  const cases: [string, string[], string, string][] = [
    ['too few cells', good.slice(0, 5), '', 'too-few-cells'],
    ['too many cells', [...good, ''], '', 'too-many-cells'],
    ['no entity', withCell('dept', ' ').map((cell, index) => (index === 4 ? '' : cell)), 'dept, win', 'required'],
    ['a key too long', withCell('dept', 'x'.repeat(101)), 'dept, win', 'too-long'],
    ['no time', withCell('at', ''), 'at', 'required'],
    ['a wrong time', withCell('at', 'soon'), 'at', 'time'],
    ['a wrong second time', withCell('closed', 'never'), 'closed', 'time'],
    ['a long text', withCell('kind', 'x'.repeat(501)), 'kind', 'too-long'],
    ['NA is no number', withCell('minutes', 'NA'), 'minutes', 'number'],
    ['a formula is no number', withCell('minutes', '=1+1'), 'minutes', 'number'],
    ['thousands', withCell('minutes', '1,234'), 'minutes', 'number'],
    ['hexadecimal', withCell('minutes', '0x10'), 'minutes', 'number'],
    ['infinity', withCell('minutes', 'Infinity'), 'minutes', 'number'],
    ['beyond all numbers', withCell('minutes', '1e999'), 'minutes', 'number'],
    ['no identity', withCell('no', ''), 'no', 'required'],
  ]
  for (const [name, cells, field, rule] of cases) test(name, () => expect(map(cells)).toMatchObject({ field, rule }))
})

describe('what stays', () => {
  test('formulas and NA are text like any other', () => {
    expect(map(withCell('kind', '=cmd()'))).toMatchObject({ attributes: { kind: '=cmd()' } })
    expect(map(withCell('kind', 'NA'))).toMatchObject({ attributes: { kind: 'NA' } })
  })
  test('an empty text is no attribute, an open ticket has no hours', () => {
    expect(map(withCell('kind', ' '))).toMatchObject({ attributes: {} })
    expect(map(withCell('closed', ''))).toMatchObject({ values: { minutes: 12.5 } })
  })
  test('an empty number as the mapping says', () => {
    const empty = withCell('minutes', '')
    expect(map(empty, { emptyNumber: 'absent' })).toMatchObject({ values: { hours: 1.5 } })
    expect(map(empty, { emptyNumber: 'zero' })).toMatchObject({ values: { minutes: 0, hours: 1.5 } })
    expect(map(empty, { emptyNumber: 'refuse' })).toMatchObject({ field: 'minutes', rule: 'required' })
  })
  test('identities of several columns never fall together', () => {
    const two = { identity: ['no', 'kind'] }
    const idOf = (no: string, kind: string) =>
      (
        map(
          withCell('no', no).map((cell, index) => (index === 5 ? kind : cell)),
          two,
        ) as { identity: string }
      ).identity
    expect(idOf('a|', 'b')).not.toBe(idOf('a', '|b'))
    expect(idOf('a\\', '|b')).not.toBe(idOf('a', '\\|b'))
  })
})
