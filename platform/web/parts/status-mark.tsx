/** A status told by shape, word and colour: triangle, diamond, hexagon, circle, ring. */
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'

export type Status = 'yellow' | 'orange' | 'red' | 'green' | 'grey' | 'blue'

const shapes: Readonly<Record<Status, string>> = {
  yellow: 'M6 1 L11.4 10.6 L0.6 10.6 Z',
  orange: 'M6 0.4 L11.6 6 L6 11.6 L0.4 6 Z',
  red: 'M3 0.8 L9 0.8 L12 6 L9 11.2 L3 11.2 L0 6 Z',
  green: 'M6 1 A5 5 0 1 1 5.99 1 Z',
  grey: 'M6 1 A5 5 0 1 1 5.99 1 Z',
  blue: 'M2 1 H10 A1 1 0 0 1 11 2 V10 A1 1 0 0 1 10 11 H2 A1 1 0 0 1 1 10 V2 A1 1 0 0 1 2 1 Z',
}

export function StatusShape({ status, size = 12 }: { status: Status; size?: number }) {
  const ring = status === 'grey'
  return (
    <svg width={size} height={size} viewBox="-1 -1 14 14" aria-hidden="true" focusable="false">
      <path
        d={shapes[status]}
        fill={ring ? 'none' : `var(--${status})`}
        stroke={`var(--${status})`}
        strokeWidth={ring ? 2 : 0}
      />
    </svg>
  )
}

/** `<StatusMark status="orange" />` shows ◆ 预警; `word` replaces the usual word, `bare` keeps it for readers aloud only. */
export function StatusMark({ status, word, bare }: { status: Status; word?: string; bare?: boolean }) {
  const say = useSay()
  const text = word ?? say(floorWords.status[status])
  return (
    <span className="status" title={bare ? text : undefined}>
      <StatusShape status={status} />
      <span className={bare ? 'only-read' : undefined}>{text}</span>
    </span>
  )
}
