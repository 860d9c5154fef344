/**
 * Writes `src/chinese-holiday-days.ts` from the package chinese-days (MIT licence), which follows the yearly notices of the State Council.
 * Run it after raising the package's version, add the number of the new notice below, and compare with the notice before committing:
 * `node libs/worktime/reference/make-chinese-holidays.ts`.
 */
import { writeFileSync } from 'node:fs'
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayNumber } from '../src/days.ts'

/** The notice of the General Office of the State Council each year rests on; a year without one is not written. */
const NOTICES: Readonly<Record<number, string>> = {
  2024: '国办发明电〔2023〕7号',
  2025: '国办发明电〔2024〕12号',
  2026: '国办发明电〔2025〕7号',
}
const NAMES: Readonly<Record<string, string>> = {
  元旦: 'new-year',
  春节: 'spring-festival',
  清明: 'qingming',
  劳动节: 'labour-day',
  端午: 'dragon-boat',
  中秋: 'mid-autumn',
  国庆节: 'national-day',
}

const daysOf = (table: Readonly<Record<string, string>>, year: number) =>
  Object.entries(table)
    .filter(([day]) => day.startsWith(`${year}-`))
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([day, text]) => {
      const key = NAMES[text.split(',')[1] ?? '']
      if (key === undefined) throw new Error(`${day}: the holiday "${text}" has no name here`)
      return { day, key }
    })

const lines: string[] = []
for (const [text, notice] of Object.entries(NOTICES)) {
  const year = Number(text)
  const spans: { from: string; to: string; key: string }[] = []
  for (const { day, key } of daysOf(chineseDays.holidays, year)) {
    const open = spans.at(-1)
    if (open?.key === key && dayNumber(open.to) + 1 === dayNumber(day)) open.to = day
    else spans.push({ from: day, to: day, key })
  }
  if (spans.length === 0) throw new Error(`the package knows no holidays of ${year}`)
  lines.push(`  {\n    year: ${year},\n    notice: '${notice}',\n    holidays: [`)
  for (const { from, to, key } of spans) lines.push(`      { from: '${from}', to: '${to}', name: '${key}' },`)
  lines.push('    ],\n    makeUpWorkdays: [')
  for (const { day, key } of daysOf(chineseDays.workdays, year)) lines.push(`      { day: '${day}', name: '${key}' },`)
  lines.push('    ],\n  },')
}

writeFileSync(
  new URL('../src/chinese-holiday-days.ts', import.meta.url),
  `/** Made by \`reference/make-chinese-holidays.ts\`; change it there. */
export type HolidayName =
${Object.values(NAMES)
  .map((key) => `  | '${key}'`)
  .join('\n')}

export interface HolidayYear {
  readonly year: number
  /** Number of the notice of the General Office of the State Council. */
  readonly notice: string
  /** Days off, \`to\` included. */
  readonly holidays: readonly { readonly from: string; readonly to: string; readonly name: HolidayName }[]
  /** Saturdays and Sundays that are worked (调休上班). */
  readonly makeUpWorkdays: readonly { readonly day: string; readonly name: HolidayName }[]
}

export const holidayYears: readonly HolidayYear[] = [
${lines.join('\n')}
]
`,
)
