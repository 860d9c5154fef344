/** A range within a range on a scale, with the present place marked. */
interface Ends {
  readonly from: number
  readonly to: number
}

interface Props extends Ends {
  readonly at: number
  readonly inner: Ends | null
  readonly outer: Ends | null
}

export function RangeBar({ from, to, at, inner, outer }: Props) {
  const place = (value: number) => `${(100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from || 1)}%`
  return (
    <svg width="100%" height="18" className="range-bar" aria-hidden="true">
      <line x1="0" x2="100%" y1="9" y2="9" stroke="var(--line)" />
      {outer && <line x1={place(outer.from)} x2={place(outer.to)} y1="9" y2="9" className="range-outer" />}
      {inner && <line x1={place(inner.from)} x2={place(inner.to)} y1="9" y2="9" className="range-inner" />}
      <line x1={place(at)} x2={place(at)} y1="1" y2="17" stroke="var(--ink)" strokeWidth="2" />
    </svg>
  )
}
