/** What anyone may read without signing in: league tables of schemes that are open, signs of stars, and whether a sign is genuine. */
import { z } from 'zod'
import { bilingual, grain, instantText, page, pageQuery, plainDate } from '#platform/contract'
import { entityKey } from '#organisation/contract'
import { publicationState, publishedScore } from './publishing.ts'
import { track } from './ranking.ts'
import { tag } from './refusals.ts'

const organisation = z.object({ organisation: z.uuid() })

export const leagueLine = z.object({
  id: z.uuid(),
  title: bilingual,
  grain,
  periodStart: plainDate,
  track,
  version: z.number().int(),
  state: publicationState,
  publishedAt: instantText,
  units: z.number().int(),
  ranked: z.number().int(),
  /** The one that took its place. */
  correctedBy: z.uuid().nullable(),
})
export type LeagueLine = z.infer<typeof leagueLine>

export const leagueTable = leagueLine.extend({
  organisation: z.object({ id: z.uuid(), name: z.string() }),
  corrects: z.uuid().nullable(),
  /** Why it corrects an earlier one, or was withdrawn or corrected itself. */
  reason: z.string(),
  endedAt: instantText.nullable(),
  endedBecause: z.string(),
  /** Events came late or were corrected since: what is published stays, and this says so. */
  newerCalculationAt: instantText.nullable(),
  explanation: z.object({ zh: z.string(), en: z.string() }),
  /** How it was calculated, in sentences. */
  method: z.array(bilingual),
  confidence: z.number(),
  /** Points from which 2, 3, … stars begin. */
  starsFrom: z.array(z.number()),
  starsCounts: z.array(z.number().int()),
  mean: z.number().nullable(),
  items: z.array(z.object({ id: z.string(), title: bilingual, dimension: bilingual, weight: z.number() })),
  /** Changes made by upheld objections. */
  adjusted: z.number().int(),
  /** Addresses below the server's own; null where it was withdrawn. */
  file: z.object({ path: z.string(), sizeBytes: z.number().int(), sha256: z.string() }).nullable(),
  keysPath: z.string(),
  scriptPath: z.string(),
})
export type LeagueTable = z.infer<typeof leagueTable>

export const signCheck = z.object({
  organisation: z.string(),
  title: bilingual,
  entity: z.object({ key: entityKey, name: z.string() }),
  stars: z.number().int().nullable(),
  grain,
  periodStart: plainDate,
  publication: z.uuid(),
  publishedAt: instantText,
  /** `published`: the sign is genuine and still holds. */
  state: publicationState,
  correctedBy: z.uuid().nullable(),
})
export type SignCheck = z.infer<typeof signCheck>

export const leagueRoutes = {
  listLeagueTables: tag(
    '/organisations/{organisation}/league-tables',
    'GET',
    'Published league tables of open schemes, newest period first',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(pageQuery.extend({ organisation: z.uuid(), scheme: z.string().max(80).optional() }))
    .output(page(leagueLine)),
  readLeagueTable: tag(
    '/organisations/{organisation}/league-tables/{id}',
    'GET',
    'One published league table: bands, method in words, where its signed file and the keys are',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(organisation.extend({ id: z.uuid() }))
    .output(leagueTable),
  listLeagueRows: tag(
    '/organisations/{organisation}/league-tables/{id}/rows',
    'GET',
    'Rows of a published league table in the order of ranks, with intervals; too small units without values',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(pageQuery.extend({ organisation: z.uuid(), id: z.uuid(), search: z.string().trim().max(100).optional() }))
    .output(page(publishedScore)),
  checkSign: tag(
    '/organisations/{organisation}/star-sign-checks/{code}',
    'GET',
    'Whether the code on a sign of stars is genuine, and what it stands for',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(organisation.extend({ code: z.string().trim().max(40) }))
    .output(signCheck),
}
