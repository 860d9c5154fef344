/** What each unit is worth by its judges: as given, and with leniency taken out. */
import type { AgreementReport } from '#evaluation/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Column, RowTable } from '#platform/web/page/list.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { assessingWords } from '../../words/assessing.ts'
import { raterWords } from '../../words/schemes.ts'
import { hundredths, signedHundredths } from './hundredths.ts'
import { nth } from '../schemes/state/nth.ts'
import { useMarks } from '../schemes/punctuation.ts'

const words = assessingWords.agreement
type Shown = NonNullable<AgreementReport['shown']>
type Row = Shown['units'][number]

const differenceOf = (row: Row) =>
  row.corrected === null || row.uncorrected === null ? null : row.corrected - row.uncorrected

/** A column of numbers. */
const figures = (
  key: string,
  title: string,
  value: (row: Row) => number | null,
  told: (value: number) => string,
): Column<Row> => ({
  key,
  title,
  align: 'right',
  render: (row) => {
    const found = value(row)
    return <span className="number">{found === null ? '—' : told(found)}</span>
  },
  text: value,
})

export function UnitValues({ shown }: { shown: Shown }) {
  const say = useSay()
  const { open, close } = useMarks()
  const inUse = (used: boolean, name: string) => (used ? name + open + say(words.used) + close : name)
  const taken = shown.leniencyTakenOut
  const columns: Column<Row>[] = [
    { key: 'unit', title: say(words.unit), render: (row) => row.entity.name, text: (row) => row.entity.name },
    ...shown.kinds.map(
      (kind, place): Column<Row> => ({
        key: kind.kind,
        title: say(raterWords[kind.kind]),
        align: 'right',
        render: (row) => {
          const { mean, n } = nth(row.kinds, place)
          return (
            <span className="number">
              {mean === null ? '—' : hundredths(mean)} {n > 0 && <span className="muted small">n={n}</span>}
            </span>
          )
        },
        text: (row) => nth(row.kinds, place).mean,
      }),
    ),
    figures('uncorrected', inUse(!taken, say(words.uncorrected)), (row) => row.uncorrected, hundredths),
    figures('corrected', inUse(taken, say(words.corrected)), (row) => row.corrected, hundredths),
    figures('difference', say(words.difference), differenceOf, signedHundredths),
    figures('error', say(words.error), (row) => row.standardError, hundredths),
  ]
  return (
    <Section title={say(words.units)} lead={say(words.unitsLead)}>
      <RowTable columns={columns} rows={shown.units} rowKey={(row) => row.entity.key} exportName={say(words.units)} />
      {shown.left > 0 && <p className="muted small">{say(words.left, { count: shown.left })}</p>}
    </Section>
  )
}
