/** What follows from scores: rules as data, and their values by the newest publication, signed. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { commonRefusals } from '#platform/contract'
import { found, refuse } from '#platform/refusal'
import type { Signed, Signer } from '#platform/signing/signer'
import { type Consequence, type ConsequenceDraft, type ConsequenceValues, evaluationRefusals } from '../../contract.ts'
import { consequenceIssues, followingOf } from '../../rules/publishing/consequences.ts'
import {
  consequenceRows,
  deleteConsequence,
  findConsequence,
  putConsequence,
} from '../../store/publishing/consequences.ts'
import { allUnits, newestPublished, type PublicationRow } from '../../store/publishing/publications.ts'
import { demandGrain } from '../runs.ts'
import { requireScheme } from '../schemes.ts'

export const listConsequences = (context: Context): Promise<Consequence[]> => consequenceRows(context)

async function demandSound(context: Context, draft: ConsequenceDraft): Promise<void> {
  const issues = consequenceIssues(draft)
  if (issues.length > 0) refuse(commonRefusals, 'INVALID', { issues })
  demandGrain(await requireScheme(context, draft.scheme), draft.grain)
}

export async function saveConsequence(context: Context, draft: ConsequenceDraft): Promise<Consequence> {
  await demandSound(context, draft)
  await putConsequence(context, draft)
  return found(await findConsequence(context, draft.id), 'consequence', draft.id)
}

export async function removeConsequence(context: Context, { id }: { id: string }): Promise<Record<string, never>> {
  if (!(await deleteConsequence(context, id))) found(null, 'consequence', id)
  return {}
}

export async function tryConsequence(
  context: Context,
  draft: ConsequenceDraft,
): Promise<Pick<ConsequenceValues, 'groups' | 'units'>> {
  await demandSound(context, draft)
  return valuesOf(context, draft, await requireNewest(context, draft))
}

async function requireNewest(context: Context, { scheme, grain }: ConsequenceDraft): Promise<PublicationRow> {
  const row = await newestPublished(context, { scheme, grain })
  return row ?? refuse(evaluationRefusals, 'NOTHING_PUBLISHED', { scheme, grain })
}

async function valuesOf(
  context: Context,
  draft: ConsequenceDraft,
  row: PublicationRow,
): Promise<Pick<ConsequenceValues, 'groups' | 'units'>> {
  const units = await allUnits(context, row.id)
  const { values, groups } = followingOf(draft, units)
  return {
    groups: groups.map((group) => ({ ...group })),
    units: units.map(({ key, name, peerGroup, stars, composite }, place) => ({
      entity: { key, name },
      peerGroup,
      stars,
      composite,
      value: values[place]!,
    })),
  }
}

export async function readConsequence(
  signer: Signer,
  context: Context,
  { id }: { id: string },
): Promise<Signed<ConsequenceValues>> {
  const rule = found(await findConsequence(context, id), 'consequence', id)
  const row = await requireNewest(context, rule)
  const { name } = await readProfile(context)
  return signer.signed(context, {
    format: 'bihuan-consequence/1' as const,
    organisation: { id: context.organisation, name },
    rule,
    publication: {
      id: row.id,
      grain: row.grain,
      periodStart: row.periodStart.toString(),
      schemeVersion: row.version,
      publishedAt: row.publishedAt!.toString(),
      corrects: row.corrects,
      sha256: row.file!.sha256,
    },
    ...(await valuesOf(context, rule, row)),
  })
}
