/** Value, first and second derivatives (uu, uv, vv) of a function of two variables. */
export interface Curvature {
  value: number
  gradient: readonly [number, number]
  hessian: readonly [number, number, number]
}

const MOST_STEPS = 200
/** No variable moves further in one step: they are logarithms. */
const LONGEST_STEP = 2

/**
 * Maximum of a smooth function of two variables by damped Newton steps.
 *
 * When to use: through the marginal likelihoods of this folder.
 * Formula in words: solve (hessian - damping) step = -gradient; a step that does not raise the value is refused and the damping grown, one
 * that does is taken and the damping shrunk; a variable whose slope pushes it against its limit is held there. Ends when a step promises
 * no more than rounding.
 * Source: Marquardt (1963), SIAM Journal 11:431-441; Nocedal and Wright (2006), Numerical Optimization, section 3.4.
 * Arguments: `limits` lowest and highest of each variable, the start inside.
 * Edge cases: null when 200 steps do not settle. Cost: one call of the function a step, usually under 20.
 */
export function maximiseTwo(
  at: (u: number, v: number) => Curvature,
  start: readonly [number, number],
  limits: readonly [readonly [number, number], readonly [number, number]],
): { u: number; v: number; value: number } | null {
  let [u, v] = start
  let here = at(u, v)
  let damping = 0
  for (let step = 0; step < MOST_STEPS; step++) {
    const [du, dv] = dampedStep(
      here,
      damping,
      pushes(u, here.gradient[0], limits[0]),
      pushes(v, here.gradient[1], limits[1]),
    )
    const nextU = Math.min(limits[0][1], Math.max(limits[0][0], u + clamp(du)))
    const nextV = Math.min(limits[1][1], Math.max(limits[1][0], v + clamp(dv)))
    const gain = here.gradient[0] * (nextU - u) + here.gradient[1] * (nextV - v)
    const rounding = 1e-13 * (1 + Math.abs(here.value))
    const next = at(nextU, nextV)
    // Nothing left to gain: one last step squares what error is left, unless rounding speaks against it.
    if (gain <= rounding)
      return next.value >= here.value - rounding
        ? { u: nextU, v: nextV, value: next.value }
        : { u, v, value: here.value }
    if (next.value >= here.value - rounding) {
      u = nextU
      v = nextV
      here = next
      damping /= 10
    } else damping = Math.max(damping * 10, 1e-3 * largestCurvature(here))
  }
  return null
}

function pushes(x: number, slope: number, [low, high]: readonly [number, number]): boolean {
  return (x <= low && slope <= 0) || (x >= high && slope >= 0)
}

/** Newton's step with the hessian made negative definite by what it takes beyond `damping`; a held variable does not move. */
function dampedStep(
  { gradient, hessian }: Curvature,
  damping: number,
  holdU: boolean,
  holdV: boolean,
): [number, number] {
  const [uu, uv, vv] = hessian
  const least = 1e-15 * largestCurvature({ hessian })
  if (holdU || holdV) {
    const alone = (slope: number, curvature: number) => slope / Math.max(least, -curvature + damping)
    return [holdU ? 0 : alone(gradient[0], uu), holdV ? 0 : alone(gradient[1], vv)]
  }
  const largestEigenvalue = (uu + vv) / 2 + Math.hypot((uu - vv) / 2, uv)
  const shift = damping + Math.max(0, largestEigenvalue + least)
  const a = uu - shift
  const c = vv - shift
  const determinant = a * c - uv * uv
  return [-(c * gradient[0] - uv * gradient[1]) / determinant, -(a * gradient[1] - uv * gradient[0]) / determinant]
}

function largestCurvature({ hessian }: { hessian: Curvature['hessian'] }): number {
  return Math.max(1e-8, ...hessian.map(Math.abs))
}

function clamp(step: number): number {
  return Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, step))
}
