/** Every observation of a proof, on screen and as a file with all digits. */
import type { Proof } from '#verification/contract'
import { periodName } from '#platform/web/calendar.ts'
import { PlainTable } from '#platform/web/charts/chart-frame.tsx'
import { useLanguage } from '#platform/web/language.tsx'
import { type CsvRow, saveCsv } from '#platform/web/page/csv.ts'
import type { Language } from '#platform/web/words.ts'
import { words } from '../words.ts'

const text = words.data

function tableOf(
  proof: Proof,
  language: Language,
  periodOf: (day: string) => string,
): { head: string[]; rows: CsvRow[] } {
  const names = [
    text.period,
    text.side,
    text.numerator,
    text.denominator,
    text.n,
    text.value,
    text.fitted,
    text.counterfactual,
    text.low,
    text.high,
  ]
  return {
    head: names.map((name) => name[language]),
    rows: proof.points.map((point) => [
      periodOf(point.periodStart),
      (point.periodStart < proof.design.interventionOn ? text.before : text.after)[language],
      point.numerator,
      point.denominator,
      point.n,
      point.value,
      point.fitted,
      point.counterfactual,
      point.counterfactualLow,
      point.counterfactualHigh,
    ]),
  }
}

export function ProofData({ proof }: { proof: Proof }) {
  const { language } = useLanguage()
  const { head, rows } = tableOf(proof, language, (day) => periodName(day, proof.design.grain, language))
  return (
    <div className="observations">
      <PlainTable head={head} rows={rows} />
    </div>
  )
}

/** In the file the period is its first day, which programs can read. */
export function savePoints(proof: Proof, language: Language): void {
  const { head, rows } = tableOf(proof, language, (day) => day)
  saveCsv(proof.design.planTitle, head, rows)
}
