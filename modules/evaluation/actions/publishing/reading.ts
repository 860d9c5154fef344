/** Reading publications: which there are, what each says, and its scores, as far as whoever asks may see them. */
import { type PlacedScore, readScoreOutline, readScorePage } from '#measurement/actions/scores/stored-scores'
import { ownDuties } from '#organisation/actions/duties'
import { lookUpEntityNumbers } from '#organisation/actions/look-up'
import { z } from 'zod'
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { readCursor, readTimePlace, toPage, writeCursor } from '#platform/paging'
import { found, must } from '#platform/refusal'
import type { Publication, PublicationRow, PublicationState, PublishedScore, Scheme, Track } from '../../contract.ts'
import { publicationStates } from '../../contract/publishing.ts'
import { isResponsible, type Reader, sightOf } from '../../rules/publishing/responsible.ts'
import { actsIn, isPublic } from '../../rules/publishing/transitions.ts'
import { appealsClosed, obstaclesOf } from '../../rules/publishing/window.ts'
import { toPublished } from '../../rules/publishing/withheld.ts'
import { type AppealCounts, countAppeals } from '../../store/publishing/appeals.ts'
import {
  findPublication,
  publicationRows,
  publicationsAt,
  type PublicationRow as Row,
  unitPage,
} from '../../store/publishing/publications.ts'
import { findRun, findRunPeriod, standingRows } from '../../store/runs.ts'
import { type Answering, filterOf, placeOf, rankPlace, toScores } from '../ranking.ts'
import { requireVersion } from '../schemes.ts'

export const readerOf = async (context: Context): Promise<Reader> => ({
  permissions: context.who.permissions,
  duties: await ownDuties(context),
})

/** Refuses with NOT_FOUND what whoever asks may not even know of. */
export async function requirePublication(
  context: Context,
  id: string,
  locked = false,
): Promise<{ row: Row; reader: Reader; sight: 'all' | 'own' }> {
  const row = found(await findPublication(context, id, locked), 'publication', id)
  const reader = await readerOf(context)
  const sight = sightOf(reader, row.state)
  return { row, reader, sight: found(sight === 'nothing' ? null : sight, 'publication', id) }
}

export async function readPublication(context: Context, { id }: { id: string }): Promise<Publication> {
  const { row, reader } = await requirePublication(context, id)
  const [publication] = await toPublications(context, [row], reader)
  return publication!
}

export async function listPublications(
  context: Context,
  input: {
    scheme?: string | undefined
    grain?: Grain | undefined
    periodStart?: string | undefined
    track?: Track | undefined
    state?: PublicationState | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ rows: Publication[]; nextCursor: string | null }> {
  const { state, cursor, limit, ...filter } = input
  const reader = await readerOf(context)
  const visible = publicationStates.filter((each) => sightOf(reader, each) !== 'nothing')
  const states = state === undefined ? visible : visible.filter((each) => each === state)
  const rows = await publicationRows(context, { ...filter, states, before: readTimePlace(cursor), limit: limit + 1 })
  const { shown, nextCursor } = toPage(rows, limit, (row) => writeCursor(row.draftedAt.toString(), row.id))
  return { rows: await toPublications(context, shown, reader), nextCursor }
}

/** What one publication is told with, loaded once for many. */
async function toPublications(context: Context, rows: readonly Row[], reader: Reader): Promise<Publication[]> {
  const counts = await countAppeals(
    context,
    rows.map((row) => row.id),
  )
  const schemes = new Map<string, Scheme>()
  const told: Publication[] = []
  for (const row of rows) {
    const version = `${row.scheme} ${row.version}`
    const scheme = schemes.get(version) ?? (await requireVersion(context, row.scheme, row.version))
    schemes.set(version, scheme)
    told.push(await toPublication(context, row, { scheme, reader, appeals: counts.get(row.id)! }))
  }
  return told
}

interface Beside {
  readonly scheme: Scheme
  readonly reader: Reader
  readonly appeals: AppealCounts
}

async function toPublication(context: Context, row: Row, { scheme, reader, appeals }: Beside): Promise<Publication> {
  const periodStart = row.periodStart.toString()
  const run = await findRun(context, row.run)
  const period = await findRunPeriod(context, row.run, periodStart)
  must(run && period, `the run of publication ${row.id} stays for good`)
  const obstacles = obstaclesOf(row, appeals.open, context.now)
  const sight = sightOf(reader, row.state)
  return {
    id: row.id,
    scheme: { id: scheme.id, title: scheme.title },
    version: row.version,
    grain: row.grain,
    periodStart,
    track: row.track,
    state: row.state,
    run: row.run,
    baseRun: row.baseRun,
    codeVersion: run.codeVersion,
    open: row.open,
    units: period.summary.units,
    ranked: period.summary.ranked,
    draftedAt: row.draftedAt.toString(),
    draftedBy: row.draftedBy,
    previewedAt: row.previewedAt?.toString() ?? null,
    previewedBy: row.previewedBy,
    appealsUntil: row.appealsUntil?.toString() ?? null,
    publishedAt: row.publishedAt?.toString() ?? null,
    publishedBy: row.publishedBy,
    endedAt: row.endedAt?.toString() ?? null,
    endedBy: row.endedBy,
    endedBecause: row.endedBecause,
    corrects: row.corrects,
    correctedBy: row.correctedBy,
    reason: row.reason,
    companion: (await companionOf(context, row))?.id ?? null,
    adjustments: row.adjustments,
    appeals,
    newer: await newerThan(context, row),
    file: row.file,
    summary: period.summary,
    may: actsOf(context, row, reader, obstacles.length > 0),
    obstacles,
    sees: sight === 'all' ? 'all' : 'own',
  }
}

/** The first publication of the same period on the other track, in the same state: both go forward together. */
export async function companionOf(context: Context, row: Row): Promise<Row | null> {
  if (row.corrects !== null || !['draft', 'preview'].includes(row.state)) return null
  const track = row.track === 'main' ? 'overlap' : 'main'
  const beside = await publicationsAt(context, { ...row, periodStart: row.periodStart.toString(), track }, [row.state])
  return beside.find((each) => each.corrects === null) ?? null
}

/** A calculation that answers for the period now and is not the one this goes back to. */
async function newerThan(context: Context, row: Row): Promise<Publication['newer']> {
  if (row.state === 'discarded') return null
  const of = { scheme: row.scheme, grain: row.grain, track: row.track, periods: [row.periodStart.toString()] }
  const [standing] = await standingRows(context, of)
  if (!standing || standing.run === row.baseRun) return null
  const differs = standing.revisedAt !== null && Temporal.Instant.compare(standing.revisedAt, row.draftedAt) > 0
  return { at: standing.calculatedAt.toString(), differs }
}

function actsOf(context: Context, row: Row, { permissions, duties }: Reader, hindered: boolean): Publication['may'] {
  const acts: Publication['may'] = []
  if (permissions.has('scores.publish'))
    for (const act of actsIn(row.state)) if (act !== 'replace' && !(act === 'publish' && hindered)) acts.push(act)
  const heads = duties.some(({ role }) => role === 'department-head')
  if (permissions.has('scores.appeal') && heads && appealsClosed(row, context.now) === null) acts.push('appeal')
  return acts
}

interface ScoresAsked {
  readonly id: string
  readonly search?: string | undefined
  readonly only?: 'outside' | 'changed' | 'not-ranked' | 'mine' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export async function listPublishedScores(
  context: Context,
  input: ScoresAsked,
): Promise<{ rows: PublicationRow[]; nextCursor: string | null }> {
  const { row, reader, sight } = await requirePublication(context, input.id)
  const onlyOwn = sight === 'own' || input.only === 'mine'
  const { rows, nextCursor } = isPublic(row.state)
    ? await publishedPage(context, row, input, onlyOwn ? reader : null)
    : await previewPage(context, row, input, onlyOwn ? reader : null)
  const open = reader.permissions.has('scores.appeal') && appealsClosed(row, context.now) === null
  const places = await lookUpEntityNumbers(
    context,
    rows.map(({ entity }) => entity),
  )
  return {
    rows: rows.map(({ entity, score }) => {
      const mine = isResponsible(reader.duties, places.get(entity)?.path ?? [entity])
      return { ...score, mine, mayAppeal: mine && open }
    }),
    nextCursor,
  }
}

interface ScorePage {
  readonly rows: readonly { readonly entity: number; readonly score: PublishedScore }[]
  readonly nextCursor: string | null
}
const unitPlace = z.tuple([z.number().int().min(0)])

async function publishedPage(
  context: Context,
  row: Row,
  { search, only, cursor, limit }: ScoresAsked,
  own: Reader | null,
): Promise<ScorePage> {
  const entities = own ? await unitsOf(context, row, own) : undefined
  const filter = { search, only: only === 'mine' ? undefined : only, entities }
  const [after] = readCursor(cursor, unitPlace) ?? []
  const units = await unitPage(context, row.id, filter, { after, limit: limit + 1 })
  const { shown, nextCursor } = toPage(units, limit, (unit) => writeCursor(unit.place))
  return { rows: shown.map(({ entity, score }) => ({ entity, score })), nextCursor }
}

/** Units of a publication somebody is responsible for. */
async function unitsOf(context: Context, row: Row, { duties }: Reader): Promise<number[]> {
  if (!duties.some(({ role }) => role === 'department-head')) return []
  const place = { scheme: row.scheme, grain: row.grain, periodStart: row.periodStart.toString(), run: row.run }
  const { entities } = await readScoreOutline(context, place)
  const places = await lookUpEntityNumbers(context, entities)
  return entities.filter((entity) => isResponsible(duties, places.get(entity)?.path ?? []))
}

/** A draft or a preview as the ranking of its run, cut as it would be published. */
async function previewPage(
  context: Context,
  row: Row,
  { search, only, cursor, limit }: ScoresAsked,
  own: Reader | null,
): Promise<ScorePage> {
  const nothing = { rows: [], nextCursor: null }
  const answer = await answeringOf(context, row)
  const filter = await filterOf(context, answer, { search, only: only === 'mine' ? undefined : only })
  const mine = own ? new Set(await unitsOf(context, row, own)) : null
  if (!filter || mine?.size === 0) return nothing
  const entities = mine ? (filter.entities?.filter((each) => mine.has(each)) ?? [...mine]) : filter.entities
  if (entities?.length === 0) return nothing
  const place = readCursor(cursor, rankPlace)
  const { rows, last } = await readScorePage(context, placeOf(answer), {
    ...filter,
    entities,
    limit,
    after: place && { rank: place[0], entity: place[1] },
  })
  const scores = await toScores(context, answer, rows)
  return {
    rows: rows.map((kept: PlacedScore, index) => ({ entity: kept.entity.number, score: toPublished(scores[index]!) })),
    nextCursor: last && writeCursor(last.rank, last.entity),
  }
}

/** As the ranking page reads a run, with the period before as the run itself held on to it. */
async function answeringOf(context: Context, row: Row): Promise<Answering> {
  const periodStart = row.periodStart.toString()
  const period = await findRunPeriod(context, row.run, periodStart)
  must(period, `the run of publication ${row.id} stays for good`)
  return {
    scheme: await requireVersion(context, row.scheme, row.version),
    grain: row.grain,
    periodStart,
    run: row.run,
    complete: true,
    summary: period.summary,
    before: period.basis?.before ?? null,
  }
}
