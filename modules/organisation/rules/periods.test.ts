import { expect, test } from 'vitest'
import { periodPreview } from './periods.ts'

test('the federation’s year 2023 with a fiscal year from April and weeks from Sunday', () => {
  const preview = periodPreview(
    {
      weekStart: 7,
      fiscalYearStartMonth: 4,
      retailYear: { pattern: '4-5-4', weekday: 6, month: 1, rule: 'nearest' },
    },
    '2024-02-02',
  )
  expect(preview.week).toEqual({ from: '2024-01-28', to: '2024-02-03' })
  expect(preview.fiscal).toMatchObject({ year: 2023, from: '2023-04-01', to: '2024-03-31' })
  expect(preview.fiscal.parts.map((one) => one.from)).toEqual(['2023-04-01', '2023-07-01', '2023-10-01', '2024-01-01'])
  expect(preview.retail).toMatchObject({ year: 2023, from: '2023-01-29', to: '2024-02-03', weeks: 53 })
  expect(preview.retail.parts.map((one) => one.weeks)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5])
})
