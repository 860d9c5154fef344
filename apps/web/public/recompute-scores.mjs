/* oxlint-disable max-lines -- People take this with them: it must be one file that stands on nothing. */
/**
 * Checks a signed file of published scores (format "bihuan-scores/1") with nothing but this file: the signature, then every score again from
 * the frozen inputs. Runs with Node 20 or newer:   node recompute-scores.mjs FILE.json [KEYS.json]
 * and in a browser:   import { checkFile } from '/recompute-scores.mjs'; await checkFile(text)
 * KEYS.json is what /api/organisations/ID/signing-keys answers; without it the key inside of the file is used and named.
 * Written apart from the product, from the description of the format, so that a fault of the one is no fault of the other.
 * Not recomputed, because they are drawn at random or solved as linear programmes: ranges of ranks, chances of belonging to the first or last,
 * errors of TOPSIS, VIKOR and grey relational composites, and composites by data envelopment.
 */

const PEERS_NEEDED = 3
const TIE = 1e-9
const RELATIVE = ['topsis', 'vikor', 'grey-relational', 'data-envelopment']

/** JSON with keys in the order of UTF-16 code units and no blanks (RFC 8785): what the signature covers. */
export function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1))
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

async function isSigned(text, signature) {
  const [key, sign, data] = [bytesOf(signature.publicKey), bytesOf(signature.value), new TextEncoder().encode(text)]
  try {
    const known = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, known, sign, data)
  } catch (error) {
    if (typeof process === 'undefined') throw error
    const { createPublicKey, verify } = await import('node:crypto')
    const x = Buffer.from(key).toString('base64url')
    return verify(null, data, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), sign)
  }
}

async function checkSignature({ content, signature }, keys, told) {
  if (signature?.algorithm !== 'Ed25519') return told.wrong(null, 'signature', signature?.algorithm ?? null, 'Ed25519')
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(signature.publicKey)))
  const keyId = Array.from(hash.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  told.same(null, 'signature: name of the key', signature.keyId, keyId)
  if (!(await isSigned(canonical(content), signature)))
    told.wrong(null, 'signature', 'given', 'does not belong to this content')
  if (!keys)
    return told.note(`The key ${keyId} is the one inside of the file: compare it with the organisation's own list.`)
  const listed = keys.keys.some((key) => key.keyId === keyId && key.publicKey === signature.publicKey)
  if (!listed || keys.organisation.id !== content.organisation.id)
    told.wrong(null, 'signature: key', keyId, `is no key of the organisation ${content.organisation.id}`)
}

/** Gathers what differs. Numbers may differ by rounding: a ten-millionth, or of large ones a ten-millionth part. */
function notebook() {
  const [problems, notes] = [[], []]
  const wrong = (unit, what, stated, computed) => void problems.push({ unit, what, stated, computed })
  const near = (a, b) => Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b))
  const same = (unit, what, stated, computed) => {
    const [a, b] = [stated ?? null, Number.isNaN(computed) ? null : (computed ?? null)]
    const equal = typeof a === 'number' && typeof b === 'number' ? near(a, b) : a === b
    if (!equal) wrong(unit, what, a, b)
    return equal
  }
  return { problems, notes, wrong, same, note: (text) => void (notes.includes(text) || notes.push(text)) }
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
/** Upper tail of the gamma distribution of this shape: by its series, or its continued fraction far out. */
function gammaTail(shape, x) {
  if (x <= 0) return 1
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x < shape + 1) {
    let [term, sum] = [1 / shape, 1 / shape]
    for (let k = 1; k < 10_000 && Math.abs(term) > 1e-17 * sum; k++) sum += term *= x / (shape + k)
    return 1 - front * sum
  }
  let [b, c] = [x + 1 - shape, 1e300]
  let [d, h] = [1 / b, 1 / b]
  for (let k = 1, change = 0; k < 10_000 && Math.abs(change - 1) > 1e-16; k++) {
    b += 2
    d = 1 / (-k * (k - shape) * d + b)
    c = b - (k * (k - shape)) / c
    h *= change = d * c
  }
  return front * h
}
const normalTail = (x) => (x < 0 ? 1 - gammaTail(0.5, (x * x) / 2) / 2 : gammaTail(0.5, (x * x) / 2) / 2)
/** The deviate with this share above it, by halving. */
function deviateOf(share) {
  let [low, high] = [-10, 10]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (normalTail(middle) > share) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0)
const inOrder = (values) => Float64Array.from(values).sort()
/** How many of the rising values lie below, or below and at, by halving. */
function countOf(sorted, value, withAlike) {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value || (withAlike && sorted[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}
/** The value at a share of the way through the rising values, between neighbours by the straight line (type 7 of Hyndman and Fan 1996). */
function quantileOf(sorted, share) {
  const place = (sorted.length - 1) * share
  const low = Math.floor(place)
  return sorted[low] + (place - low) * (sorted[Math.min(sorted.length - 1, low + 1)] - sorted[low])
}

/** Straight lines between corners, flat beyond them; the slope on a corner is the steeper one. */
function linesThrough(corners) {
  const sorted = [...corners].sort((a, b) => a[0] - b[0])
  const value = (x) => {
    if (x <= sorted[0][0]) return sorted[0][1]
    const right = sorted.findIndex((corner) => corner[0] >= x)
    if (right < 0) return sorted.at(-1)[1]
    const [[x0, y0], [x1, y1]] = [sorted[right - 1], sorted[right]]
    return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
  }
  const slope = (x) => {
    const touched = sorted.slice(1).flatMap(([x1, y1], index) => {
      const [x0, y0] = sorted[index]
      return x >= x0 && x <= x1 ? [(y1 - y0) / (x1 - x0)] : []
    })
    return touched.reduce((steepest, each) => (Math.abs(each) > Math.abs(steepest) ? each : steepest), 0)
  }
  return { value, error: (x, error) => Math.abs(slope(x)) * error }
}

/** From a value to points; null where the peers allow none. */
function transformOf(transform, better, peers) {
  const sign = better === 'more' ? 1 : -1
  switch (transform.kind) {
    case 'piecewise':
      return linesThrough(transform.points)
    case 'target-gap': {
      const { target, pointsPerUnit, floor } = transform
      return linesThrough([
        [target, 100],
        [target - (sign * (100 - floor)) / pointsPerUnit, floor],
      ])
    }
    case 'z-score': {
      const { mean, deviation } = transform.told ?? momentsOf(peers)
      if (!(deviation > 0)) return null
      const at = (points) => [
        mean + (sign * (points - transform.centre) * deviation) / transform.pointsPerDeviation,
        points,
      ]
      return linesThrough([at(0), at(100)])
    }
    case 'percentile': {
      if (peers.length < 2) return null
      const value = (x) => {
        const [below, upTo] = [countOf(peers, x, false), countOf(peers, x, true)]
        const worse = sign === 1 ? below : peers.length - upTo
        return (100 * (worse + (upTo - below) / 2)) / peers.length
      }
      const tenth = Math.max(1, Math.round(peers.length / 10))
      const error = (x, own) => {
        const place = Math.min(countOf(peers, x, false), peers.length - 1)
        const [from, to] = [peers[Math.max(0, place - tenth)], peers[Math.min(peers.length - 1, place + tenth)]]
        return to > from ? Math.abs((value(to) - value(from)) / (to - from)) * own : 0
      }
      return { value, error }
    }
    default: {
      const steps = [...transform.steps].sort((a, b) => sign * (a[0] - b[0]))
      const value = (x) => steps.reduce((reached, [from, worth]) => (sign * (x - from) >= 0 ? worth : reached), 0)
      const error = (x, own) => {
        const passed = [...steps.map(([from]) => normalTail((sign * (from - x)) / own)), 0]
        const mean = sumOf(steps.map(([, worth], k) => (passed[k] - passed[k + 1]) * worth))
        const square = sumOf(steps.map(([, worth], k) => (passed[k] - passed[k + 1]) * worth * worth))
        return Math.sqrt(Math.max(0, square - mean * mean))
      }
      return { value, error }
    }
  }
}
function momentsOf(values) {
  const mean = sumOf(values) / values.length
  const alike = values.every((value) => value === values[0])
  const squares = sumOf(values.map((value) => (value - mean) ** 2))
  return { mean, deviation: values.length < 2 ? Number.NaN : alike ? 0 : Math.sqrt(squares / (values.length - 1)) }
}

/** What the values of a peer group are drawn towards (Kleinman 1973, Marshall 1991, DerSimonian and Laird 1986); null: nothing. */
function priorOf({ scatter, scale }, cells) {
  if (cells.length < PEERS_NEEDED) return null
  const whole = sumOf(cells.map((cell) => cell.n))
  const mean = sumOf(cells.map((cell) => (cell.value / scale) * cell.n)) / whole
  if (scatter === 'binomial') {
    if (!(mean > 0 && mean < 1) || cells.every((cell) => cell.n <= 1)) return null
    const known = cells.filter((cell) => cell.n > 0)
    const squares = sumOf(known.map((cell) => cell.n * (cell.value / scale - mean) ** 2))
    const spread = whole - sumOf(known.map((cell) => cell.n ** 2)) / whole
    const chance = known.length - 1
    const within = (squares - mean * (1 - mean) * chance) / (mean * (1 - mean) * (spread - chance))
    return { mean: mean * scale, strength: within > 1e-8 ? Math.max(1e-6, 1 / within - 1) : null }
  }
  if (scatter === 'poisson') {
    if (mean === 0) return null
    const known = cells.filter((cell) => cell.n > 0)
    const squares = sumOf(known.map((cell) => cell.n * (cell.value / scale - mean) ** 2))
    const variance = squares / whole - mean / (whole / known.length)
    const shape = (mean * mean) / variance
    return { mean: mean * scale, strength: variance > 0 && shape < 1e8 ? Math.max(1e-6, shape) / mean : null }
  }
  const known = cells.filter((cell) => cell.error > 0)
  if (known.length < PEERS_NEEDED) return null
  const meanWith = (between) => {
    const weights = known.map((cell) => 1 / (cell.error ** 2 + between))
    return { weights, mean: sumOf(known.map((cell, k) => weights[k] * cell.value)) / sumOf(weights) }
  }
  const none = meanWith(0)
  const excess = sumOf(known.map((cell, k) => none.weights[k] * (cell.value - none.mean) ** 2)) - (known.length - 1)
  const total = sumOf(none.weights)
  const between = Math.max(0, excess / (total - sumOf(none.weights.map((weight) => weight ** 2)) / total))
  return { mean: meanWith(between).mean, strength: between > 0 ? 1 / between : null }
}
/** A cell drawn towards its prior: value and error. */
function drawn({ scatter, scale }, prior, { value, n, error }) {
  const { mean, strength } = prior
  if (scatter === 'binomial' || scatter === 'poisson') {
    const used = strength === null ? mean : (n * value + strength * mean) / (n + strength)
    const cases = strength === null ? Infinity : n + strength
    const share = used / scale
    const variance = scatter === 'binomial' ? (share * (1 - share)) / (cases + 1) : share / cases
    return { value: used, error: Math.sqrt(variance) * scale }
  }
  if (!(error > 0)) return { value, error }
  const own = strength === null ? 0 : 1 / (1 + error * error * strength)
  return { value: own * value + (1 - own) * mean, error: Math.sqrt(own) * error }
}

const flatten = (draft) =>
  draft.dimensions.flatMap((dimension, place) =>
    dimension.items.map((item) => ({ ...item, place, weight: dimension.weight * item.weight })),
  )

function checkItems({ scheme, items }, told) {
  const { dimensions } = scheme.draft
  told.same(null, 'weights of the dimensions: sum', sumOf(dimensions.map((each) => each.weight)), 1)
  for (const { id, items: own } of dimensions)
    told.same(null, `weights in the dimension ${id}: sum`, sumOf(own.map((each) => each.weight)), 1)
  const flat = flatten(scheme.draft)
  told.same(null, 'items', items.map((item) => item.id).join(), flat.map((item) => item.id).join())
  return flat.map((item, k) => ({ ...items[k], ...item, minimumN: item.minimumN ?? items[k]?.minimumN }))
}

const groupOf = (unit) => unit.peerGroup ?? ''

/** Values that count, their errors and points: item by item, peer group by peer group. */
function checkPoints(content, items, units, told) {
  const groups = [...new Set(content.units.map(groupOf))].sort((a, b) => (a < b ? -1 : 1))
  const nameOf = (group) => (groups.length > 1 ? group : null)
  const partly = new Set(content.units.filter((unit) => unit.withheld || unit.protected).map(groupOf))
  const byGroup = new Map(groups.map((group) => [group, units.filter((unit) => groupOf(unit) === group)]))
  for (const unit of units) unit.pointErrors = items.map(() => 0)
  for (const [k, item] of items.entries()) {
    const draws = item.shrink === 'peers' && item.scatter !== 'unknown'
    for (const group of groups) {
      const whole = !partly.has(group)
      const cells = byGroup.get(group).flatMap((unit) => {
        if (unit.values[k] === null) return []
        return [{ unit, value: unit.values[k], n: unit.ns[k], error: unit.errors[k] ?? Number.NaN }]
      })
      const name = `item ${item.id}${nameOf(group) === null ? '' : `, peers ${group}`}`
      const stated = (list) =>
        list.find((each) => each.item === item.id && (each.peerGroup ?? '') === (nameOf(group) ?? ''))
      let prior = draws ? stated(content.priors) : null
      if (draws && whole) {
        const found = priorOf(item, cells)
        told.same(null, `${name}: prior mean`, prior?.mean, found?.mean)
        told.same(null, `${name}: prior strength`, prior?.strength, found?.strength)
        prior = found
      } else if (draws && prior)
        told.note(`${name}: the prior is taken as told, because values of too few cases are withheld.`)
      for (const cell of cells) {
        const used = prior ? drawn(item, prior, cell) : cell
        told.same(cell.unit.key, `${name}: value that counts`, cell.unit.used[k], used.value)
        cell.usedError = used.error
      }
      const peers = inOrder(cells.map((cell) => cell.unit.used[k]))
      let kind = item.transform
      if (kind.kind === 'z-score') {
        const found = peers.length > 1 ? momentsOf(peers) : null
        const said = stated(content.moments)
        if (whole) {
          told.same(null, `${name}: mean of the peers`, said?.mean, found?.mean)
          told.same(null, `${name}: deviation of the peers`, said?.deviation, found?.deviation)
        } else kind = { ...kind, told: said ?? { mean: 0, deviation: 0 } }
      }
      const mustTrust = !whole && kind.kind === 'percentile'
      if (mustTrust) told.note(`${name}: points are taken as told, because values of too few cases are withheld.`)
      const turn = mustTrust ? null : transformOf(kind, item.better, peers)
      for (const { unit, usedError } of cells) {
        if (mustTrust) unit.errorsKnown = false
        else told.same(unit.key, `${name}: points`, unit.points[k], turn ? turn.value(unit.used[k]) : null)
        if (turn && usedError > 0) unit.pointErrors[k] = turn.error(unit.used[k], usedError)
        const few = unit.ns[k] < item.minimumN
        const lenient = draws || item.belowMinimum === 'provisional'
        told.same(unit.key, `${name}: provisional`, unit.provisionalItems[k], few && lenient)
        const because =
          few && !lenient ? 'too-few' : turn || mustTrust ? null : 'no-value'
        if (!mustTrust) told.same(unit.key, `${name}: missing`, unit.missing[k], because)
      }
    }
  }
}

/** Weights after what is missing was redistributed, and why a unit is not ranked. */
function checkWeights({ scheme }, items, unit, told) {
  const { missing, eligibility } = scheme.draft
  const there = items.map((_item, k) => unit.missing[k] === null && unit.points[k] !== null)
  const known = sumOf(items.map((item, k) => (there[k] ? item.weight : 0)))
  const inDimension = (place, only) =>
    sumOf(items.map((item, k) => (item.place === place && (!only || there[k]) ? item.weight : 0)))
  const places = [...new Set(items.map((item) => item.place))]
  const alive = sumOf(places.map((place) => (inDimension(place, true) > 0 ? inDimension(place, false) : 0)))
  const within = missing.rule === 'redistribute-in-dimension' && known < 1 - 1e-12
  for (const [k, item] of items.entries()) {
    const share = within
      ? ((item.weight / inDimension(item.place, true)) * inDimension(item.place, false)) / alive
      : item.weight / known
    const expected = there[k] && there.includes(true) ? share : 0
    told.same(
      unit.key,
      `item ${item.id}: effective weight`,
      unit.effectiveWeights[k],
      Number.isNaN(expected) ? 0 : expected,
    )
  }
  const gone = 1 - known
  const enough = gone <= (missing.rule === 'not-ranked' ? 0 : missing.mostShare) + 1e-9 && known > 1e-9
  const few = unit.missing.includes('too-few')
  const least = Math.min(...items.map((_item, k) => (there[k] ? unit.ns[k] : Infinity)))
  const dimensions = new Set(items.filter((_item, k) => there[k]).map((item) => item.place)).size
  const lacks = items.some((item, k) => item.required && !there[k])
  unit.there = there
  unit.reason = !enough ? (few ? 'too-few' : 'missing-too-much') : lacks ? (few ? 'too-few' : 'missing-required') : null
  if (unit.reason === null && there.filter(Boolean).length < eligibility.leastItems) unit.reason = 'too-few-items'
  if (unit.reason === null && dimensions < eligibility.leastDimensions) unit.reason = 'too-few-dimensions'
  if (unit.reason === null && least < eligibility.leastN) unit.reason = 'too-few'
  told.same(unit.key, 'smallest n', unit.result.n, there.includes(true) ? least : 0)
  told.same(
    unit.key,
    'provisional',
    unit.result.provisional,
    items.some((_item, k) => there[k] && unit.provisionalItems[k]),
  )
}

const FUZZY = {
  'min-max': [(w, m) => Math.min(w, m), (a, b) => Math.max(a, b)],
  'product-max': [(w, m) => w * m, (a, b) => Math.max(a, b)],
  'min-bounded-sum': [(w, m) => Math.min(w, m), (a, b) => Math.min(1, a + b)],
  'weighted-average': [(w, m) => w * m, (a, b) => Math.min(1, a + b)],
}
/** One unit's composite from points and weights of the items it has; null for aggregations that look at all units at once. */
function ofOne(aggregation) {
  if (aggregation.kind === 'weighted-sum') return (points, weights) => sumOf(points.map((each, k) => weights[k] * each))
  if (aggregation.kind === 'weighted-product')
    return (points, weights) =>
      Math.exp(
        sumOf(points.map((each, k) => weights[k] * Math.log(Math.max(each, aggregation.leastPoints)))) / sumOf(weights),
      )
  if (aggregation.kind !== 'fuzzy') return null
  const [join, gather] = FUZZY[aggregation.operator]
  const { levels } = aggregation
  const belongs = (points, level) => linesThrough(levels.map((each, k) => [each, k === level ? 1 : 0])).value(points)
  return (points, weights) => {
    const total = sumOf(weights)
    const shares = levels.map((_level, k) =>
      points.map((each, i) => join(weights[i] / total, belongs(each, k))).reduce(gather, 0),
    )
    return sumOf(shares.map((share, k) => share * levels[k])) / sumOf(shares)
  }
}
/** Composites of units with all items, in their order; null where they allow none. */
function ofAll(aggregation, rows, weights) {
  const columns = weights.map((_weight, k) => rows.map((row) => row[k]))
  const [best, worst] = [columns.map((column) => Math.max(...column)), columns.map((column) => Math.min(...column))]
  const share = (value, k) => (best[k] === worst[k] ? 1 : (value - worst[k]) / (best[k] - worst[k]))
  if (aggregation.kind === 'topsis') {
    const away = (row, from) => Math.sqrt(sumOf(row.map((value, k) => (weights[k] * (value - from[k])) ** 2)))
    const found = rows.map((row) => (100 * away(row, worst)) / (away(row, best) + away(row, worst)))
    return found.some(Number.isNaN) ? null : found
  }
  if (aggregation.kind === 'grey-relational') {
    const distances = rows.map((row) => row.map((value, k) => 1 - share(value, k)))
    const [least, most] = [Math.min(...distances.flat()), Math.max(...distances.flat())]
    const near = (distance) => (most === 0 ? 1 : (least + aggregation.rho * most) / (distance + aggregation.rho * most))
    return distances.map((row) => 100 * sumOf(row.map((distance, k) => weights[k] * near(distance))))
  }
  const losses = rows.map((row) => row.map((value, k) => weights[k] * (1 - share(value, k))))
  const [all, one] = [losses.map(sumOf), losses.map((row) => Math.max(...row))]
  const way = (values, value) => {
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return high === low ? 0 : (value - low) / (high - low)
  }
  return losses.map((_row, i) => 100 * (1 - aggregation.v * way(all, all[i]) - (1 - aggregation.v) * way(one, one[i])))
}

/** `trust`: units whose values are protected take part, which only matters where all units are looked at together. */
function checkComposites({ scheme }, items, units, trust, told) {
  const { aggregation } = scheme.draft
  const single = ofOne(aggregation)
  const takesPart = units.filter((unit) => unit.reason === null && (single || unit.there.every(Boolean)))
  const pick = (unit, column) => column.filter((_value, k) => unit.there[k])
  let found = null
  if (aggregation.kind === 'data-envelopment') {
    told.note('Composites by data envelopment are solved as linear programmes and not recomputed here.')
    found = takesPart.map((unit) => unit.result.uncapped ?? Number.NaN)
  } else if (trust && !single) {
    told.note('Composites that compare all units are taken as told, because values of some rest on few answers.')
    found = takesPart.map((unit) => unit.result.uncapped ?? Number.NaN)
  } else if (single) found = takesPart.map((unit) => single(pick(unit, unit.points), pick(unit, unit.effectiveWeights)))
  else if (takesPart.length > 0)
    found = ofAll(
      aggregation,
      takesPart.map((unit) => unit.points),
      items.map((item) => item.weight),
    )
  const composites = new Map(takesPart.map((unit, k) => [unit, found?.[k] ?? Number.NaN]))
  for (const unit of units) {
    const composite = composites.get(unit) ?? Number.NaN
    if (unit.reason === null && Number.isNaN(composite) && !single) unit.reason = 'not-calculable'
    told.same(unit.key, 'why it is not ranked', unit.result.notRankedBecause, unit.reason)
    told.same(unit.key, 'composite before caps', unit.result.uncapped, composite)
    if (!single || unit.reason !== null || unit.errorsKnown === false) continue
    const [points, weights, errors] = [unit.points, unit.effectiveWeights, unit.pointErrors].map((column) =>
      pick(unit, column),
    )
    const slope = (k) => {
      if (aggregation.kind === 'weighted-sum') return weights[k]
      const at = (by) =>
        single(
          points.map((each, i) => (i === k ? Math.min(100, Math.max(0, each + by)) : each)),
          weights,
        )
      return at(0.5) - at(-0.5)
    }
    told.same(
      unit.key,
      'standard error',
      unit.result.standardError,
      Math.sqrt(sumOf(errors.map((error, k) => (error > 0 ? (slope(k) * error) ** 2 : 0)))),
    )
  }
}

const HOLDS = {
  'more-than': (a, b) => a > b,
  'at-least': (a, b) => a >= b,
  'less-than': (a, b) => a < b,
  'at-most': (a, b) => a <= b,
}
const shutGates = ({ scheme }, unit) =>
  scheme.draft.gates.filter((gate, k) => unit.gates[k] !== null && HOLDS[gate.operator](unit.gates[k], gate.limit))

/** Borders of the stars from all composites: k-means exact in one dimension (Wang and Song 2011), quantiles by interpolation (type 7). */
function bordersOf({ bands }, composites) {
  if (bands.kind === 'fixed') return bands.from
  const sorted = inOrder(composites)
  if (sorted.length === 0) return []
  if (bands.kind === 'quantile') {
    let sum = 0
    return [...new Set(inOrder(bands.shares.slice(0, -1).map((share) => quantileOf(sorted, (sum += share)))))]
  }
  const counts = new Map()
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1)
  const at = [...counts.keys()]
  return at.length < 2 ? [] : clusterStarts(at, counts, Math.min(bands.count, at.length))
}
function clusterStarts(at, counts, clusters) {
  const [w, a, b] = [0, 0, 0].map(() => new Float64Array(at.length + 1))
  for (const [k, value] of at.entries()) {
    const [x, weight] = [value - at[at.length >> 1], counts.get(value)]
    w[k + 1] = w[k] + weight
    a[k + 1] = a[k] + weight * x
    b[k + 1] = b[k] + weight * x * x
  }
  const cost = (from, to) => Math.max(0, b[to] - b[from] - (a[to] - a[from]) ** 2 / (w[to] - w[from]))
  let costs = Float64Array.from(at, (_value, k) => cost(0, k + 1))
  const starts = []
  for (let k = 1; k < clusters; k++) {
    const [next, start] = [new Float64Array(at.length).fill(Infinity), new Int32Array(at.length)]
    // The best start never moves left as the end moves right, so halves need to look between their neighbours' only.
    const fill = (low, high, from, to) => {
      if (low > high) return
      const middle = (low + high) >> 1
      for (let s = from; s <= Math.min(middle, to); s++) {
        const whole = costs[s - 1] + cost(s, middle + 1)
        if (whole < next[middle]) [next[middle], start[middle]] = [whole, s]
      }
      fill(low, middle - 1, from, start[middle])
      fill(middle + 1, high, start[middle], to)
    }
    fill(k, at.length - 1, k, at.length - 1)
    costs = next
    starts.unshift(start)
  }
  const cuts = []
  for (let end = at.length, k = 0; k < starts.length; k++) cuts.unshift(at[(end = starts[k][end - 1])])
  return cuts
}

function checkStars(content, ranked, told) {
  const { grades } = content.scheme.draft
  const { borders } = content
  const found = bordersOf(
    grades,
    ranked.map((unit) => unit.result.composite),
  )
  told.same(null, 'number of borders of stars', borders.length, found.length)
  for (const [k, border] of found.entries()) told.same(null, `border of ${k + 2} stars`, borders[k], border)
  const reached = (score, by) => borders.filter((border) => score >= border + by).length
  const margin = grades.hysteresisPoints
  for (const unit of ranked.filter((each) => !each.protected)) {
    const { composite, uncapped } = unit.result
    const before = unit.before?.stars ? Math.min(unit.before.stars, borders.length + 1) - 1 : null
    const plain = reached(composite, 0)
    const kept =
      before === null ? plain : Math.min(reached(composite, -margin), Math.max(reached(composite, margin), before))
    const shut = shutGates(content, unit)
    const most = Math.min(Infinity, ...shut.flatMap((gate) => (gate.cap.kind === 'stars' ? [gate.cap.most] : [])))
    told.same(unit.key, 'stars', unit.result.stars, Math.min(kept + 1, most))
    told.same(unit.key, 'stars by the score alone', unit.result.starsUncapped, reached(uncapped, 0) + 1)
    told.same(unit.key, 'stars held', unit.result.starsHeld, kept + 1 <= most && kept !== plain)
  }
}

function checkStandings(content, units, told) {
  for (const unit of units.filter((each) => !each.protected)) {
    const shut = shutGates(content, unit)
    const most = Math.min(Infinity, ...shut.flatMap((gate) => (gate.cap.kind === 'points' ? [gate.cap.most] : [])))
    const { uncapped } = unit.result
    told.same(unit.key, 'composite', unit.result.composite, uncapped === null ? null : Math.min(uncapped, most))
    const kinds = ['stars', 'points'].map((kind) => shut.filter((gate) => gate.cap.kind === kind))
    const tightest = (kinds[0].length > 0 ? kinds[0] : kinds[1]).reduce(
      (best, gate) => (best && best.cap.most <= gate.cap.most ? best : gate),
      null,
    )
    told.same(unit.key, 'gate that caps it', unit.result.cappedBy, tightest?.id)
  }
  const ranked = units.filter((unit) => unit.result.composite !== null)
  const scores = ranked.map((unit) => unit.result.composite)
  told.same(null, 'number of ranked units', content.ranked, ranked.length)
  const mean = ranked.length > 0 ? sumOf(scores) / ranked.length : null
  told.same(null, 'mean', content.mean, mean)
  checkStars(content, ranked, told)
  const [ranks, groupRanks] = [ranksOf(ranked), new Map()]
  for (const group of new Set(ranked.map(groupOf)))
    for (const [unit, rank] of ranksOf(ranked.filter((each) => groupOf(each) === group))) groupRanks.set(unit, rank)
  const errorOf = (unit) => (unit.result.standardError > TIE ? unit.result.standardError : 0)
  const phi = dispersionOf(
    ranked.flatMap((unit) => (errorOf(unit) > 0 ? [(unit.result.composite - mean) / errorOf(unit)] : [])),
  )
  told.same(null, 'over-dispersion', content.overDispersion, phi)
  const { certainty, experience } = content.scheme.draft
  const [z, far95, far998] = [(1 - certainty.confidence) / 2, 0.025, 0.001].map(deviateOf)
  const sorted = inOrder(scores)
  const lived = linesThrough(experience)
  for (const unit of ranked) {
    const { composite, standardError, rank, rankLow, rankHigh } = unit.result
    told.same(unit.key, 'rank', rank, ranks.get(unit))
    told.same(unit.key, 'rank among its peers', unit.result.groupRank, groupRanks.get(unit))
    if (!(rankLow <= rank && rank <= rankHigh))
      told.wrong(unit.key, 'range of ranks', `${rankLow} to ${rankHigh}`, `must hold ${rank}`)
    const [worse, upTo] = [countOf(sorted, composite, false), countOf(sorted, composite, true)]
    told.same(unit.key, 'percentile', unit.result.percentile, (50 * (worse + upTo)) / ranked.length)
    told.same(unit.key, 'experience score', unit.result.experience, lived.value(composite))
    told.same(unit.key, 'interval, low', unit.result.low, Math.max(0, composite - z * standardError))
    told.same(unit.key, 'interval, high', unit.result.high, Math.min(100, composite + z * standardError))
    const distance = Math.abs(composite - content.mean)
    const width = Math.sqrt(content.overDispersion) * standardError
    const far = distance === 0 || distance <= far95 * width ? 'inside' : distance > far998 * width ? '99.8' : '95'
    told.same(
      unit.key,
      'against the mean',
      unit.result.funnel,
      far === 'inside' ? far : `${composite > content.mean ? 'above' : 'below'}-${far}`,
    )
    const change = unit.before?.composite == null ? null : composite - unit.before.composite
    told.same(unit.key, 'change', unit.result.change, change)
    const more = change === null ? null : Math.abs(change) > z * Math.hypot(standardError, unit.before.error ?? 0)
    told.same(unit.key, 'change is more than chance', unit.result.changeSignificant, more)
  }
}

/** Ranks from the highest composite; those closer than rounding to the best of their rank share it. */
function ranksOf(units) {
  let [leader, rank] = [Infinity, 0]
  const falling = [...units].sort((a, b) => b.result.composite - a.result.composite)
  return new Map(
    falling.map((unit, place) => {
      const { composite } = unit.result
      if (leader - composite > TIE) [leader, rank] = [composite, place + 1]
      return [unit, rank]
    }),
  )
}

/** How much more units differ than chance lets them (Spiegelhalter 2005): squares of winsorised z-scores, 1 unless that is significant. */
function dispersionOf(scores) {
  if (scores.length < 2) return 1
  const sorted = inOrder(scores)
  const [low, high] = [quantileOf(sorted, 0.1), quantileOf(sorted, 0.9)]
  const squares = sumOf(scores.map((score) => Math.min(high, Math.max(low, score)) ** 2))
  const phi = squares / scores.length
  return phi > 1 && gammaTail(scores.length / 2, squares / 2) < 0.05 ? phi : 1
}

function checkAdjustments({ adjustments, units, items, scheme }, told) {
  for (const { entity, kind, of, after } of adjustments) {
    const unit = units.find((each) => each.key === entity.key)
    if (!unit) told.wrong(entity.key, 'adjusted unit', 'is not there', 'must be there')
    else if (!unit.withheld && !unit.protected) {
      const place =
        kind === 'gate'
          ? scheme.draft.gates.findIndex((gate) => gate.id === of)
          : items.findIndex((item) => item.id === of)
      const value = kind === 'gate' ? unit.gates[place] : unit.values[place]
      if (kind === 'gate' || unit.missing[place] !== 'too-few')
        told.same(entity.key, `adjusted value of ${of}`, value, after.value)
    }
  }
}

/** Everything above. `file`: its text, or what JSON.parse made of it. `keys`: as the organisation lists them; optional. */
export async function checkFile(file, keys) {
  const told = notebook()
  const whole = typeof file === 'string' ? JSON.parse(file) : file
  const { content } = whole
  if (content?.format !== 'bihuan-scores/1') {
    told.wrong(null, 'format', content?.format ?? null, 'bihuan-scores/1')
    return { problems: told.problems, notes: told.notes, units: 0 }
  }
  await checkSignature(whole, keys, told)
  const items = checkItems(content, told)
  const units = content.units.filter((unit) => !unit.withheld).map((unit) => ({ ...unit }))
  if (told.problems.some((problem) => problem.what === 'items'))
    return { problems: told.problems, notes: told.notes, units: 0 }
  const open = units.filter((unit) => !unit.protected)
  checkPoints(content, items, open, told)
  for (const unit of open) checkWeights(content, items, unit, told)
  const trust = units.some((unit) => unit.protected && unit.result.composite !== null)
  checkComposites(content, items, open, trust, told)
  checkStandings(content, units, told)
  checkAdjustments(content, told)
  if (units.length < content.units.length)
    told.note(`${content.units.length - units.length} units have too few cases and are withheld.`)
  if (open.length < units.length)
    told.note(`${units.length - open.length} units have values of few people's answers: their composites are taken as told.`)
  told.note(
    `Ranges of ranks and chances of belonging to the first are drawn at random (seed ${content.run.seed}) and not recomputed here.`,
  )
  if (RELATIVE.includes(content.scheme.draft.aggregation.kind))
    told.note('Standard errors of this aggregation are drawn at random and not recomputed here.')
  return { problems: told.problems, notes: told.notes, units: open.length }
}

async function main([path, keysPath]) {
  const { readFileSync } = await import('node:fs')
  const say = (line) => process.stdout.write(`${line}\n`)
  if (!path) {
    say('node recompute-scores.mjs FILE.json [KEYS.json]')
    return 2
  }
  const keys = keysPath ? JSON.parse(readFileSync(keysPath, 'utf8')) : undefined
  const { problems, notes, units } = await checkFile(readFileSync(path, 'utf8'), keys)
  for (const { unit, what, stated, computed } of problems)
    say(`MISMATCH 不一致  ${unit ?? '-'}  ${what}: ${stated} ≠ ${computed}`)
  for (const note of notes) say(`note 说明  ${note}`)
  say(problems.length === 0 ? `OK 一致  ${units} units recomputed 个单位已复算` : `FAILED 不符  ${problems.length}`)
  return problems.length === 0 ? 0 : 1
}

if (typeof process !== 'undefined' && process.argv?.[1]) {
  const { pathToFileURL } = await import('node:url')
  const { realpathSync } = await import('node:fs')
  if (pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url) {
    main(process.argv.slice(2)).then(
      (code) => (process.exitCode = code),
      (error) => {
        process.stderr.write(`The file cannot be checked 无法检查: ${error.message}\n`)
        process.exitCode = 2
      },
    )
  }
}
