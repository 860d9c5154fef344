const MOST_STEPS = 200

/**
 * The root of a continuous function between two points at which its signs differ.
 *
 * When to use: to turn a test into an interval, or a power into a sample size.
 * Formula in words: inverse quadratic interpolation through the last three points where it is sure to help, halving elsewhere.
 * Source: Chandrupatla (1997), Advances in Engineering Software 28:145-149.
 * Arguments: `tolerance` is the width of the last bracket, relative to the root (absolute below 1); default 1e-13.
 * Edge cases: a root at an end is returned at once; ends with the same sign throw, because the caller must bracket first.
 * Errors: RangeError for equal signs or values that are not numbers. Cost: some ten evaluations, at most 200.
 */
export function bracketedRoot(f: (x: number) => number, low: number, high: number, tolerance = 1e-13): number {
  let a = high
  let b = low
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa > 0 !== fb > 0) || Number.isNaN(fa) || Number.isNaN(fb)) {
    throw new RangeError(`low and high must lie on both sides of the root, values ${fb} and ${fa}`)
  }
  let share = 0.5
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = a + share * (b - a)
    const fx = f(x)
    let c = a
    let fc = fa
    if (fx > 0 !== fa > 0) {
      c = b
      fc = fb
      b = a
      fb = fa
    }
    a = x
    fa = fx
    const best = Math.abs(fa) < Math.abs(fb) ? a : b
    const least = tolerance * Math.max(1, Math.abs(best)) + Number.MIN_VALUE
    const reach = least / Math.abs(b - a)
    if (fa === 0 || reach > 0.5) return best
    share = nextShare({ a, b, c, fa, fb, fc })
    share = Math.min(1 - reach, Math.max(reach, share))
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b
}

function nextShare(s: { a: number; b: number; c: number; fa: number; fb: number; fc: number }): number {
  const position = (s.a - s.b) / (s.c - s.b)
  const height = (s.fa - s.fb) / (s.fc - s.fb)
  if (!(height * height < position && (1 - height) * (1 - height) < 1 - position)) return 0.5
  return (
    (s.fa / (s.fb - s.fa)) * (s.fc / (s.fb - s.fc)) +
    ((s.c - s.a) / (s.b - s.a)) * (s.fa / (s.fc - s.fa)) * (s.fb / (s.fc - s.fb))
  )
}
