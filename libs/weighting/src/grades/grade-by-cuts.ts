/**
 * Grade of a score by fixed cut points: 0 the lowest, cutPoints.length the highest.
 *
 * When to use: bands known beforehand, so that everybody may reach the best one (as the NHS Oversight Framework from 2026/27).
 * Formula in words: the number of cut points the score reaches; on a cut point counts as reached.
 * Source: fixed bands, OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 5 (categorical scales).
 * Edge cases: no cut points give grade 0; +-Infinity are graded. Errors: RangeError for a score NaN, cut points not strictly rising or
 * not finite. Cost: O(cuts).
 */
export function gradeByCuts(score: number, cutPoints: readonly number[]): number {
  requireCutPoints(cutPoints)
  if (Number.isNaN(score)) throw new RangeError('score must be a number, got NaN')
  return cutPoints.filter((cut) => score >= cut).length
}

/**
 * Grade with hysteresis: a grade changes only when the score passes the cut point by the margin.
 *
 * When to use: grades with consequences, recomputed every period; without it units near a cut change grade by noise alone.
 * Formula in words: upwards a cut counts when score >= cut + margin, downwards it is lost when score < cut - margin; the result is the
 * previous grade, moved just as far as these two demand.
 * Source: Schmitt (1938), Journal of Scientific Instruments 15:24-26 (the trigger with two thresholds); a margin of about two standard
 * errors of a change makes a move mean something.
 * Arguments: `previousGrade` null at first (then `gradeByCuts`); `margin` in points, >= 0; 0 gives `gradeByCuts`.
 * Edge cases: a score may pass several cuts at once. Errors: as `gradeByCuts`; RangeError for margin negative, previousGrade not a whole
 * number from 0 to the number of cuts. Cost: O(cuts).
 */
export function gradeWithHysteresis(
  score: number,
  previousGrade: number | null,
  cutPoints: readonly number[],
  margin: number,
): number {
  if (!(margin >= 0 && Number.isFinite(margin)))
    throw new RangeError(`margin must be finite and at least 0, got ${margin}`)
  if (previousGrade === null) return gradeByCuts(score, cutPoints)
  if (!Number.isInteger(previousGrade) || previousGrade < 0 || previousGrade > cutPoints.length)
    throw new RangeError(`previousGrade must be a whole number from 0 to ${cutPoints.length}, got ${previousGrade}`)
  requireCutPoints(cutPoints)
  if (Number.isNaN(score)) throw new RangeError('score must be a number, got NaN')
  const surelyReached = cutPoints.filter((cut) => score >= cut + margin).length
  const notSurelyLost = cutPoints.filter((cut) => score >= cut - margin).length
  return Math.min(notSurelyLost, Math.max(surelyReached, previousGrade))
}

function requireCutPoints(cutPoints: readonly number[]): void {
  cutPoints.forEach((cut, i) => {
    if (!Number.isFinite(cut)) throw new RangeError(`cutPoints[${i}] must be finite, got ${cut}`)
    if (i > 0 && cut <= cutPoints[i - 1]!)
      throw new RangeError(`cutPoints[${i}] must be above the one before it, got ${cut}`)
  })
}
