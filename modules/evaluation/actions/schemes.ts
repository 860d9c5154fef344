/** Schemes: saved as versions that never change, adopted from a day on. */
import { chanceOf, indicatorsById } from '#measurement/actions/indicators'
import { readToday, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import {
  type Adoption,
  evaluationRefusals,
  type Scheme,
  schemeDraft,
  type SchemeDraft,
  type SchemeIssue,
} from '../contract.ts'
import { flatItems } from '../rules/schemes/flat-items.ts'
import { type IndicatorFacts, issuesOfScheme } from '../rules/schemes/issues.ts'
import { faultOfAdoption, versionOn } from '../rules/schemes/versions.ts'
import { adoptedVersions, findVersion, insertVersion, lockNewest, setAdoption, versionRows } from '../store/schemes.ts'
import { calculateAdopted } from './runs.ts'

/** The version in force today, else the newest adopted, else the newest proposal. */
function shownOf(versions: readonly Scheme[], day: string): Scheme {
  const adopted = versions.flatMap((one) => (one.adoption === null ? [] : [{ ...one, adoption: one.adoption }]))
  return versionOn(adopted, day) ?? adopted.at(-1) ?? versions.at(-1)!
}

export async function listSchemes(context: Context): Promise<Scheme[]> {
  const day = await readToday(context)
  const byScheme = Map.groupBy(await versionRows(context), (version) => version.id)
  return [...byScheme.values()].map((versions) => shownOf(versions, day))
}

export async function requireScheme(context: Context, id: string): Promise<Scheme> {
  const versions = await versionRows(context, id)
  if (versions.length === 0) refuse(evaluationRefusals, 'SCHEME_UNKNOWN', { id })
  return shownOf(versions, await readToday(context))
}

export async function requireVersion(context: Context, id: string, version: number): Promise<Scheme> {
  return (
    (await findVersion(context, id, version)) ?? refuse(evaluationRefusals, 'SCHEME_VERSION_UNKNOWN', { id, version })
  )
}

export const readScheme = (context: Context, input: { id: string; version?: number | undefined }): Promise<Scheme> =>
  input.version === undefined ? requireScheme(context, input.id) : requireVersion(context, input.id, input.version)

export async function schemeVersions(context: Context, { id }: { id: string }): Promise<Scheme[]> {
  const versions = await versionRows(context, id)
  if (versions.length === 0) refuse(evaluationRefusals, 'SCHEME_UNKNOWN', { id })
  return versions.toReversed()
}

/** Everything that speaks against a draft, errors and warnings. */
export async function checkScheme(context: Context, draft: SchemeDraft): Promise<SchemeIssue[]> {
  const named = flatItems(draft).flatMap(({ source }) =>
    source.kind === 'indicator'
      ? [source.indicator]
      : source.raters.flatMap(({ indicator }) => (indicator === null ? [] : [indicator])),
  )
  const ids = [...new Set([...named, ...draft.gates.map((gate) => gate.indicator)])]
  const found = await indicatorsById(context, ids)
  const facts = new Map(
    [...found].map(([id, indicator]): [string, IndicatorFacts] => [
      id,
      {
        direction: indicator.direction,
        retired: indicator.retired,
        scatterKnown: chanceOf(indicator).scatter !== 'unknown',
      },
    ]),
  )
  return issuesOfScheme(draft, facts)
}

/** Refuses a draft with errors; warnings pass. */
export async function demandSound(context: Context, draft: SchemeDraft): Promise<void> {
  const issues = await checkScheme(context, draft)
  const errors = issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0) {
    const told = errors.map(({ field, rule, message }) => ({ field, rule, message }))
    refuse(evaluationRefusals, 'SCHEME_INVALID', { issues: told })
  }
  if (draft.below !== null) await requireEntity(context, draft.below)
}

export async function saveScheme(
  context: Context,
  input: SchemeDraft & { adopt?: Adoption | undefined },
): Promise<Scheme> {
  const { adopt = null, ...rest } = input
  const draft = schemeDraft.parse(rest)
  await demandSound(context, draft)
  const version = (await lockNewest(context, draft.id)) + 1
  if (adopt !== null) await demandAdoptable(context, draft.id, adopt)
  await insertVersion(context, draft, version, adopt)
  if (adopt !== null) await calculateAdopted(context, draft.id, version)
  return requireVersion(context, draft.id, version)
}

export async function adoptScheme(
  context: Context,
  { id, version, adoption }: { id: string; version: number; adoption: Adoption },
): Promise<Scheme> {
  await lockNewest(context, id)
  const scheme = await requireVersion(context, id, version)
  if (scheme.state === 'adopted') refuse(evaluationRefusals, 'VERSION_ADOPTED', { version })
  // What it names may have been retired since it was proposed.
  await demandSound(context, schemeDraft.parse(scheme))
  await demandAdoptable(context, id, adoption)
  await setAdoption(context, id, version, adoption)
  await calculateAdopted(context, id, version)
  return requireVersion(context, id, version)
}

async function demandAdoptable(context: Context, id: string, adoption: Adoption): Promise<void> {
  const fault = faultOfAdoption(adoption, await adoptedVersions(context, id))
  if (fault) refuse(evaluationRefusals, 'ADOPTION_INVALID', { reason: fault })
}
