/** What is told of a point that may not be told. */
import type { Point } from '../../contract/point.ts'

/** That there is something, and that it is protected; not even how many answers. */
export const protectedPoint = ({ periodStart, complete }: Pick<Point, 'periodStart' | 'complete'>): Point => ({
  periodStart,
  numerator: 0,
  denominator: 0,
  n: null,
  value: null,
  low: null,
  high: null,
  standardError: null,
  tooFew: false,
  complete,
  notes: ['protected'],
})

/** A value carried on from a period that is protected is that period's. */
export function protectPoints(points: readonly Point[], hidden: (point: Point) => boolean): Point[] {
  let before = false
  return points.map((point) => {
    const carried = point.notes?.includes('carried') ?? false
    before = carried && before ? true : hidden(point)
    return before ? protectedPoint(point) : point
  })
}
