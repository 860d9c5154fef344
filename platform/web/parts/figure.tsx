/** A value never stands alone: unit, n, interval, target, change and its significance. Too few is grey and never judged. */
import { Tooltip } from 'antd'
import { floorWords } from '../floor-words.ts'
import { useLanguage, useSay } from '../language.tsx'
import { formatChange, formatNumber, formatValue } from '../numbers.ts'
import { StatusMark } from './status-mark.tsx'

const words = floorWords.figure

export interface FigureProps {
  readonly value: number | null | undefined
  readonly unit: string
  readonly n?: number | null | undefined
  readonly low?: number | null | undefined
  readonly high?: number | null | undefined
  readonly tooFew?: boolean | undefined
  readonly target?: number | null | undefined
  readonly direction?: string | undefined
  /** Difference from the period before; `significant: false` is told as "no significant change". */
  readonly change?: { readonly by: number; readonly significant: boolean | null } | null | undefined
  readonly large?: boolean
  /** Leaves out n and interval (they stay on hover); for dense tables with columns of their own. */
  readonly terse?: boolean
}

/** Whether the target is met: null where nothing can be said. */
export function targetMet(
  value: number | null | undefined,
  target: number | null | undefined,
  direction?: string,
): boolean | null {
  if (value === null || value === undefined || target === null || target === undefined) return null
  if (direction === 'higher-is-better') return value >= target
  if (direction === 'lower-is-better') return value <= target
  return null
}

export function Figure(props: FigureProps) {
  const say = useSay()
  const { language } = useLanguage()
  const { value, unit, n, low, high } = props
  if (value === null || value === undefined) return <StatusMark status="grey" word={say(words.none)} />
  const interval =
    low === null || low === undefined || high === null || high === undefined
      ? null
      : say(words.interval, { low: formatValue(low, unit, language), high: formatValue(high, unit, language) })
  const restsOn = n === null || n === undefined ? null : `n=${formatNumber(n, language, 0)}`
  const hint = props.tooFew ? say(words.tooFewWhy, { n: n ?? 0 }) : [restsOn, interval].filter(Boolean).join(' · ')
  return (
    <span className={`figure ${props.large ? 'large' : ''} ${props.tooFew ? 'few' : ''}`}>
      <Tooltip title={hint === '' ? null : hint}>
        <span className="value number">{formatValue(value, unit, language)}</span>
      </Tooltip>
      {props.tooFew ? (
        <span className="rests">
          {say(words.tooFew)} {restsOn}
        </span>
      ) : (
        <Judgement {...props} restsOn={props.terse ? null : restsOn} interval={props.terse ? null : interval} />
      )}
    </span>
  )
}

function Judgement(props: FigureProps & { restsOn: string | null; interval: string | null }) {
  const say = useSay()
  const { language } = useLanguage()
  const { unit, target, change } = props
  const met = targetMet(props.value, target, props.direction)
  return (
    <>
      {change && (
        <span className="rests">
          {change.significant === false ? say(words.noChange) : formatChange(change.by, unit, language)}
        </span>
      )}
      {props.restsOn && <span className="rests number">{props.restsOn}</span>}
      {props.large && props.interval && <span className="rests">{props.interval}</span>}
      {target !== null && target !== undefined && !props.terse && (
        <span className="rests">
          {say(words.target, { target: formatValue(target, unit, language) })}
          {met !== null && <> · {say(met ? words.met : words.missed)}</>}
        </span>
      )}
    </>
  )
}
