/**
 * Recomputes the verdict of a proof from the file a reader takes from its page ("Everything (JSON)"), with nothing but this file.
 * Runs with Node 20 or newer:   node recompute-proof.mjs FILE.json
 * and in a browser:   import { checkProof } from '/recompute-proof.mjs'; await checkProof(text)
 * Written apart from the product: the fingerprint of what was frozen, the main estimate with its interval, and the verdict.
 * Taken from the file and not found anew: the error correlation of short series, and the weights of a synthetic control.
 * Not recomputed: estimates of a structural series, which are drawn at random (their verdict is held against the interval stated), and the rows
 * of the specification curve other than the frozen one.
 */

const near = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0)

/** The last day of the period that begins on this day. */
function periodEnd(start, grain) {
  const day = new Date(`${start}T00:00:00Z`)
  if (grain === 'month') day.setUTCMonth(day.getUTCMonth() + 1)
  else day.setUTCDate(day.getUTCDate() + (grain === 'week' ? 7 : 1))
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}

/** Periods that count: with a value, not the one the measure began in the middle of, not the run-up. */
function used(design, points) {
  const { interventionOn, grain, runUpPeriods } = design
  const whole = points.filter((point) => periodEnd(point.periodStart, grain) < interventionOn).length - runUpPeriods
  return points
    .map((point, time) => ({ ...point, time, after: point.periodStart >= interventionOn }))
    .filter((point) => point.value !== null && (point.after || point.time < whole))
}

function aligned(proof) {
  const own = used(proof.design, proof.points)
  const units = proof.comparison.map((unit) => ({
    key: unit.key,
    at: new Map(used(proof.design, unit.points).map((point) => [point.periodStart, point])),
  }))
  const kept = units.filter((unit) => own.filter((p) => !unit.at.has(p.periodStart)).length <= 0.1 * own.length)
  const points = own.filter((point) => kept.every((unit) => unit.at.has(point.periodStart)))
  return { points, units: kept.map(({ key, at }) => ({ key, points: points.map((p) => at.get(p.periodStart)) })) }
}

/** Least squares by orthogonal columns (Gram-Schmidt, twice). */
function fit(rows, response) {
  const k = rows[0].length
  const columns = Array.from({ length: k }, (_, j) => rows.map((row) => row[j]))
  const q = []
  const r = Array.from({ length: k }, () => Array.from({ length: k }, () => 0))
  columns.forEach((column, j) => {
    let rest = column
    for (let round = 0; round < 2; round++)
      q.forEach((unit, i) => {
        const part = dot(unit, rest)
        r[i][j] += part
        rest = rest.map((value, t) => value - part * unit[t])
      })
    r[j][j] = Math.sqrt(dot(rest, rest))
    q.push(rest.map((value) => value / r[j][j]))
  })
  const solve = (right) => {
    const x = Array.from({ length: k }, () => 0)
    for (let i = k - 1; i >= 0; i--) {
      let sum = right[i]
      for (let j = i + 1; j < k; j++) sum -= r[i][j] * x[j]
      x[i] = sum / r[i][i]
    }
    return x
  }
  const coefficients = solve(q.map((unit) => dot(unit, response)))
  const residuals = response.map((value, t) => value - dot(rows[t], coefficients))
  const inverse = Array.from({ length: k }, (_, j) => solve(Array.from({ length: k }, (_, i) => (i === j ? 1 : 0))))
  // Inverse of X'X: the inverse of R times its transpose; `inverse` holds columns.
  const bread = Array.from({ length: k }, (_, a) =>
    Array.from({ length: k }, (_, b) => inverse.reduce((sum, column) => sum + column[a] * column[b], 0)),
  )
  return { coefficients, residuals, bread, left: rows.length - k }
}

const combine = (c, matrix) => c.reduce((sum, a, i) => sum + a * dot(matrix[i], c), 0)

function season(time, periods) {
  if (periods < 2) return []
  if (periods <= 7) {
    const place = ((time % periods) + periods) % periods
    return Array.from({ length: periods - 1 }, (_, j) => (place === j + 1 ? 1 : 0) - (place === 0 ? 1 : 0))
  }
  return [1, 2].flatMap((harmonic) => {
    const angle = (2 * Math.PI * harmonic * time) / periods
    return [Math.cos(angle), Math.sin(angle)]
  })
}

/** Segmented regression: level, slope, and their changes; mean effect over the periods after. */
function segmented(design, verdict, points) {
  const start = points.find((point) => point.after).first
  const rows = points.map(({ time, after }) => {
    const since = time - start
    return [1, since, after ? 1 : 0, after ? since : 0, ...season(time, design.seasonPeriods)]
  })
  const roots = points.map(({ weight }) => Math.sqrt(weight))
  const x = rows.map((row, t) => row.map((value) => value * roots[t]))
  const y = points.map(({ value }, t) => value * roots[t])
  const after = points.filter((point) => point.after)
  const c = rows[0].map((_, j) => (j === 2 ? 1 : j === 3 ? mean(after.map(({ time }) => time - start)) : 0))
  if (verdict.errors === 'newey-west') {
    const own = fit(x, y)
    const scores = x.map((row, t) => row.map((value) => value * own.residuals[t]))
    const projected = scores.map((score) => dot(c.map((_, i) => dot(own.bread[i], c)), score))
    let variance = 0
    for (let d = 0; d <= verdict.lag; d++)
      for (let t = d; t < projected.length; t++)
        variance += (d === 0 ? 1 : 2) * (1 - d / (verdict.lag + 1)) * projected[t] * projected[t - d]
    variance *= y.length / own.left
    return { value: dot(c, own.coefficients), error: Math.sqrt(variance), freedom: own.left }
  }
  const rho = verdict.autocorrelation
  const kept = Math.sqrt(1 - rho ** 2)
  const whiten = (now, before) => (before === undefined ? kept * now : now - rho * before)
  const own = fit(
    x.map((row, t) => row.map((value, j) => whiten(value, x[t - 1]?.[j]))),
    y.map((value, t) => whiten(value, y[t - 1])),
  )
  const variance = (combine(c, own.bread) * dot(own.residuals, own.residuals)) / own.left
  const effective = (y.length * (1 - rho)) / (1 + rho) - c.length
  return { value: dot(c, own.coefficients), error: Math.sqrt(variance), freedom: Math.min(own.left, Math.max(2, effective)) }
}

/** Effects in the first place after the measure, told on every point. */
function timed(design, all, points) {
  const first = all.findIndex(({ periodStart }) => periodStart >= design.interventionOn)
  return points.map((point) => ({ ...point, first }))
}

function comparative(proof) {
  const { points, units } = aligned(proof)
  return points.map((point, t) => {
    const others = units.map((unit) => unit.points[t])
    const spread = others.reduce((sum, { weight }) => sum + 1 / weight, 0) / others.length ** 2
    return { ...point, value: point.value - mean(others.map(({ value }) => value)), weight: 1 / (1 / point.weight + spread) }
  })
}

function difference(proof) {
  const { points, units } = aligned(proof)
  const change = (series) =>
    mean(series.filter((_, t) => points[t].after).map(({ value }) => value)) -
    mean(series.filter((_, t) => !points[t].after).map(({ value }) => value))
  const others = units.map((unit) => change(unit.points))
  const middle = mean(others)
  const freedom = others.length - 1
  const deviation = Math.sqrt(others.reduce((sum, value) => sum + (value - middle) ** 2, 0) / freedom)
  return { value: change(points) - middle, error: deviation * Math.sqrt(1 + 1 / others.length), freedom }
}

/** The effect by the stated weights; its error comes from placebos and is taken as stated. */
function synthetic(proof) {
  const { points, units } = aligned(proof)
  const weights = new Map(proof.verdict.weights.map(({ key, weight }) => [key, weight]))
  const gaps = points.map(
    (point, t) => point.value - units.reduce((sum, unit) => sum + (weights.get(unit.key) ?? 0) * unit.points[t].value, 0),
  )
  const at = (after) => mean(gaps.filter((_, t) => points[t].after === after))
  return { value: at(true) - at(false), error: proof.verdict.effect.standardError, freedom: units.length }
}

/** Natural logarithm of the gamma function (Lanczos 1964, g = 7). */
function logGamma(x) {
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  const t = x + 6.5
  const sum = terms.reduce((all, term, index) => all + term / (x + index), 0.9999999999998099)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Regularised incomplete beta by its continued fraction (Lentz). */
function beta(x, a, b) {
  if (x <= 0) return 0
  if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a
  const tiny = 1e-300
  let [f, c, d] = [1, 1, 0]
  for (let i = 0; i <= 500; i++) {
    const m = Math.floor(i / 2)
    const term =
      i === 0
        ? 1
        : i % 2 === 0
          ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
          : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + term * d || tiny)
    c = 1 + term / c || tiny
    f *= c * d
    if (Math.abs(1 - c * d) < 1e-14) break
  }
  return front * (f - 1 || tiny)
}
/** Two-sided p of Student's t. */
const twoSided = (t, freedom) => beta(freedom / (freedom + t * t), freedom / 2, 0.5)
function reachOf(errorRate, freedom) {
  let [low, high] = [0, 1e6]
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (twoSided(middle, freedom) > errorRate) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function judge(design, { low, high }) {
  const [a, b] = design.direction === 'higher-is-better' ? [low, high] : [-high, -low]
  if (a > -design.equivalenceMargin && b < design.equivalenceMargin && b < design.smallestEffect)
    return 'no-relevant-difference'
  if (b < 0) return 'harmful'
  return a > 0 && b >= design.smallestEffect ? 'effective' : 'undecided'
}

async function fingerprint(design) {
  const { id: _id, planTitle: _title, sha256: _hash, state: _state, entity, ...frozen } = design
  const content = { ...frozen, entityKey: entity.key }
  const ordered = Object.fromEntries(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)))
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(ordered)))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function estimateOf(proof) {
  const { design, verdict, points } = proof
  if (design.method === 'interrupted-time-series')
    return segmented(design, verdict, timed(design, points, used(design, points)))
  if (design.method === 'comparative-series')
    return segmented(design, verdict, timed(design, points, comparative(proof)))
  if (design.method === 'difference-in-differences') return difference(proof)
  return design.method === 'synthetic-control' ? synthetic(proof) : null
}

/** What differs, what could not be recomputed, and what was found. */
export async function checkProof(text) {
  const proof = JSON.parse(text)
  const { design, verdict } = proof
  const [problems, notes] = [[], []]
  const same = (what, stated, computed) => {
    const equal = typeof stated === 'number' ? near(stated, computed) : stated === computed
    if (!equal) problems.push({ what, stated, computed })
  }
  same('fingerprint of the design', design.sha256, await fingerprint(design))
  if (!verdict) return { problems, notes: ['There is no verdict yet.'], effect: null }
  if (!verdict.effect) return { problems, notes: [`No estimate: ${verdict.because}.`], effect: null }
  const found = estimateOf(proof)
  if (found === null) notes.push('A structural series is drawn at random: its estimate is taken as stated.')
  const reach = found && found.error * reachOf(design.errorRate, found.freedom)
  const effect = found
    ? { value: found.value, low: found.value - reach, high: found.value + reach, p: twoSided(found.value / found.error, found.freedom) }
    : verdict.effect
  if (found) {
    for (const part of ['value', 'low', 'high', 'p']) same(`effect: ${part}`, verdict.effect[part], effect[part])
  }
  same('verdict', verdict.outcome, judge(design, effect))
  return { problems, notes, effect }
}

if (typeof process !== 'undefined' && process.argv[1]?.endsWith('recompute-proof.mjs')) {
  const { readFileSync } = await import('node:fs')
  const { problems, notes, effect } = await checkProof(readFileSync(process.argv[2], 'utf8'))
  const lines = [...notes, ...(effect ? [`Effect ${effect.value} (${effect.low} to ${effect.high}), p ${effect.p}`] : [])]
  const wrong = problems.map(({ what, stated, computed }) => `DIFFERS ${what}: stated ${stated}, computed ${computed}`)
  process.stdout.write(`${[...lines, ...wrong, problems.length === 0 ? 'Everything agrees.' : 'Not everything agrees.'].join('\n')}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
