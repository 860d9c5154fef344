import type { Design, Verdict } from '#verification/contract'
import { useSay } from '#platform/web/language.tsx'
import { type Status, StatusMark } from '#platform/web/parts/status-mark.tsx'
import { words } from '../words.ts'

const marks: Readonly<Record<Verdict['outcome'] | 'waived', Status>> = {
  effective: 'green',
  'no-relevant-difference': 'orange',
  harmful: 'red',
  undecided: 'grey',
  waived: 'yellow',
}

type Judged = { readonly design: Pick<Design, 'state'>; readonly verdict: Pick<Verdict, 'outcome'> | null }

/** Which word of `words.outcome` tells where a proof stands. */
export const standingOf = ({ design, verdict }: Judged): keyof typeof words.outcome =>
  verdict ? verdict.outcome : design.state === 'concluded' ? 'waiting' : design.state

/** One mark for each outcome; never by colour alone. */
export function VerdictMark({ proof }: { proof: Judged }) {
  const say = useSay()
  const standing = standingOf(proof)
  const word = say(words.outcome[standing])
  if (standing === 'superseded') return <span className="muted">{word}</span>
  return <StatusMark status={standing === 'waiting' ? 'blue' : marks[standing]} word={word} />
}

export function OutcomeMark({ outcome }: { outcome: Verdict['outcome'] }) {
  const say = useSay()
  return <StatusMark status={marks[outcome]} word={say(words.outcome[outcome])} />
}
