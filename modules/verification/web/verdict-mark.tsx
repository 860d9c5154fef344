import type { Design, Verdict } from '#verification/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../words.ts'

const marks: Readonly<Record<Verdict['outcome'], Status>> = {
  effective: 'green',
  'not-effective': 'orange',
  undecided: 'grey',
}

type Judged = { readonly design: Pick<Design, 'state'>; readonly verdict: Pick<Verdict, 'outcome'> | null }

/** Which word of `words.outcome` tells where a proof stands. */
export const standingOf = ({ design, verdict }: Judged): keyof typeof words.outcome =>
  verdict ? verdict.outcome : design.state === 'superseded' ? 'superseded' : 'waiting'

/** ● effective, ◆ not effective, ○ undecided, ■ being proved. */
export function VerdictMark({ proof }: { proof: Judged }) {
  const say = useSay()
  const standing = standingOf(proof)
  const word = say(words.outcome[standing])
  if (standing === 'superseded') return <span className="muted">{word}</span>
  return <StatusMark status={standing === 'waiting' ? 'blue' : marks[standing]} word={word} />
}
