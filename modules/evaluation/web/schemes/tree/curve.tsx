/** Points over values as a curve whose corners can be dragged, over the values there are now. Mouse, thumb and keyboard. */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { binsOf, onStep, stepOf, ticksOf } from './histogram.ts'
import { nth } from '../state/nth.ts'

export type Corner = readonly [x: number, y: number]
export interface Ends {
  readonly from: number
  readonly to: number
}

const HEIGHT = 208
const MARGIN = { left: 34, right: 16, top: 12, bottom: 26 } as const
const BINS = 32
const WIDTH_AT_FIRST = 520
/** The tallest bar of the ground takes this part of the height. */
const GROUND_SHARE = 0.55

export interface CurveProps {
  readonly title: string
  readonly x: Ends
  readonly y: Ends & { readonly ticks: readonly number[]; readonly step: number }
  readonly formatX: (value: number) => string
  /** Values as they are now. */
  readonly values: readonly number[]
  /** The line, as corners of straight lines. */
  readonly line: readonly Corner[]
  /** What can be moved; without `onChange` nothing can. */
  readonly corners?: readonly Corner[]
  readonly cornerLabel?: (place: number, corner: Corner) => string
  readonly onChange?: (corners: Corner[], about: string) => void
  readonly fewest?: number
  readonly most?: number
  /** Corners stay within these values. */
  readonly within?: Ends
  readonly marks?: readonly number[]
  readonly hint?: ReactNode
}

function useWidth() {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(WIDTH_AT_FIRST)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || WIDTH_AT_FIRST))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { place, width }
}

export function Curve(props: CurveProps) {
  const { place, width } = useWidth()
  // While a corner is dragged the scale stands still.
  const [held, setHeld] = useState<Ends | null>(null)
  const x = held ?? props.x
  const { y } = props
  const [inner, tall] = [width - MARGIN.left - MARGIN.right, HEIGHT - MARGIN.top - MARGIN.bottom]
  const toX = (value: number) => MARGIN.left + (inner * (value - x.from)) / (x.to - x.from || 1)
  const toY = (value: number) => MARGIN.top + tall * (1 - (value - y.from) / (y.to - y.from))
  const fromPointer = (event: { clientX: number; clientY: number }): Corner => {
    const box = place.current!.getBoundingClientRect()
    const [left, top] = [event.clientX - box.left - MARGIN.left, event.clientY - box.top - MARGIN.top]
    return [x.from + (left / inner) * (x.to - x.from), y.to - (top / tall) * (y.to - y.from)]
  }
  const add = (event: { clientX: number; clientY: number }) => {
    const added = withCorner(props, fromPointer(event), stepOf(x.to - x.from))
    if (added) props.onChange?.(added, 'corner added')
  }
  const path = props.line.map((corner) => `${toX(corner[0]).toFixed(1)} ${toY(corner[1]).toFixed(1)}`).join(' L')
  return (
    <div ref={place} className="curve">
      <svg
        width={width}
        height={HEIGHT}
        role="group"
        aria-label={props.title}
        onDoubleClick={(event) => add(event)}
        style={{ display: 'block' }}
      >
        <Ground values={props.values} x={x} toX={toX} bottom={MARGIN.top + tall} tall={tall} />
        <Axes x={x} y={y} toX={toX} toY={toY} width={width} formatX={props.formatX} />
        {props.marks?.map((mark) => (
          <line
            key={mark}
            className="curve-mark"
            x1={toX(mark)}
            x2={toX(mark)}
            y1={MARGIN.top}
            y2={MARGIN.top + tall}
          />
        ))}
        {path !== '' && <path className="curve-line" d={`M${path}`} />}
        {props.corners?.map((corner, index) => (
          <Handle
            key={index}
            at={[toX(corner[0]), toY(corner[1])]}
            label={props.cornerLabel?.(index, corner) ?? ''}
            y={y}
            value={corner[1]}
            onHold={(holds) => setHeld(holds ? x : null)}
            onDrag={(event) => move(props, index, fromPointer(event), x)}
            onKey={(event) => pressed(props, index, event, x)}
          />
        ))}
      </svg>
      {props.hint}
    </div>
  )
}

function Ground(props: {
  values: readonly number[]
  x: Ends
  toX: (value: number) => number
  bottom: number
  tall: number
}) {
  const bins = binsOf(props.values, props.x.from, props.x.to, BINS)
  const most = Math.max(...bins.map((bin) => bin.count), 1)
  return (
    <g aria-hidden="true">
      {bins.map((bin) => {
        const height = (props.tall * GROUND_SHARE * bin.count) / most
        const [left, right] = [props.toX(bin.from), props.toX(bin.to)]
        return (
          <rect
            key={bin.from}
            className="curve-ground"
            x={left}
            y={props.bottom - height}
            width={Math.max(0, right - left - 1)}
            height={height}
          />
        )
      })}
    </g>
  )
}

function Axes(props: {
  x: Ends
  y: CurveProps['y']
  toX: (value: number) => number
  toY: (value: number) => number
  width: number
  formatX: (value: number) => string
}) {
  const { x, y, toX, toY } = props
  const ticks = ticksOf(x.from, x.to)
  return (
    <g aria-hidden="true" className="curve-axes">
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={MARGIN.left} x2={props.width - MARGIN.right} y1={toY(tick)} y2={toY(tick)} />
          <text x={MARGIN.left - 6} y={toY(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick} x={toX(tick)} y={HEIGHT - 6} textAnchor="middle">
          {props.formatX(tick)}
        </text>
      ))}
    </g>
  )
}

function Handle(props: {
  at: readonly [number, number]
  label: string
  y: Ends
  value: number
  onHold: (holds: boolean) => void
  onDrag: (event: PointerEvent) => void
  onKey: (event: KeyboardEvent) => void
}) {
  const [x, y] = props.at
  const dragging = useRef(false)
  const end = () => {
    dragging.current = false
    props.onHold(false)
  }
  return (
    <g
      className="curve-handle"
      tabIndex={0}
      role="slider"
      aria-label={props.label}
      aria-valuemin={props.y.from}
      aria-valuemax={props.y.to}
      aria-valuenow={props.value}
      aria-valuetext={props.label}
      onKeyDown={props.onKey}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        dragging.current = true
        props.onHold(true)
      }}
      onPointerMove={(event) => {
        if (dragging.current) props.onDrag(event)
      }}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <circle cx={x} cy={y} r="16" className="curve-reach" />
      <circle cx={x} cy={y} r="5.5" className="curve-dot" />
    </g>
  )
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)

/** A corner goes no further than its neighbours, and stays on whole steps. */
function move(props: CurveProps, place: number, [x, y]: Corner, ends: Ends): void {
  const corners = props.corners ?? []
  const step = stepOf(ends.to - ends.from)
  const low = corners[place - 1] ? nth(corners, place - 1)[0] + step : (props.within?.from ?? -Infinity)
  const high = corners[place + 1] ? nth(corners, place + 1)[0] - step : (props.within?.to ?? Infinity)
  if (low > high) return
  const moved: Corner = [clamp(onStep(x, step), low, high), clamp(onStep(y, props.y.step), props.y.from, props.y.to)]
  const next = [...corners]
  next[place] = moved
  props.onChange?.(next, `corner ${place}`)
}

function pressed(props: CurveProps, place: number, event: KeyboardEvent, ends: Ends): void {
  const corners = props.corners ?? []
  const [x, y] = nth(corners, place)
  const step = stepOf(ends.to - ends.from) * (event.shiftKey ? 10 : 1)
  const lift = props.y.step * (event.shiftKey ? 10 : 1)
  const deeds: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(props, place, [x - step, y], ends),
    ArrowRight: () => move(props, place, [x + step, y], ends),
    ArrowUp: () => move(props, place, [x, y + lift], ends),
    ArrowDown: () => move(props, place, [x, y - lift], ends),
    Delete: () => {
      if (corners.length > (props.fewest ?? 2)) props.onChange?.(corners.toSpliced(place, 1), 'corner removed')
    },
  }
  const deed = deeds[event.key]
  if (!deed || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  event.stopPropagation()
  deed()
}

/** The corners with one more, in its place; null where there is no room. */
function withCorner(props: CurveProps, [x, y]: Corner, step: number): Corner[] | null {
  const corners = props.corners
  if (!corners || !props.onChange || corners.length >= (props.most ?? 20)) return null
  const value = onStep(x, step)
  if (corners.some((corner) => Math.abs(corner[0] - value) < step)) return null
  const within = props.within
  if (within && (value < within.from || value > within.to)) return null
  const added: Corner = [value, clamp(onStep(y, props.y.step), props.y.from, props.y.to)]
  return [...corners, added].toSorted((a, b) => a[0] - b[0])
}
