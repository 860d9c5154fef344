/** What anyone may read: published league tables of open schemes, their files, signs of stars, and whether a sign is genuine. */
import { indicatorsById } from '#measurement/actions/indicators'
import { readProfile } from '#organisation/actions/look-up'
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import type { Context } from '#platform/context'
import { type Bilingual, commonRefusals } from '#platform/contract'
import type { Files } from '#platform/files/files'
import type { Download } from '#platform/module'
import { readCursor, toPage, writeCursor } from '#platform/paging'
import { isUuid } from '#platform/records/columns'
import { found, must, refuse } from '#platform/refusal'
import type { LeagueLine, LeagueTable, PublishedScore, Scheme, SignCheck } from '../../contract.ts'
import { methodOf } from '../../rules/publishing/method.ts'
import { toPublic } from '../../rules/publishing/withheld.ts'
import { starSign } from '../../rules/publishing/star-sign.ts'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import { findConsequence } from '../../store/publishing/consequences.ts'
import {
  findPublication,
  newestPublished,
  openRows,
  type PublicationRow as Row,
  unitByCode,
  unitByKey,
  unitPage,
} from '../../store/publishing/publications.ts'
import { findRunPeriod, standingRows } from '../../store/runs.ts'
import { followingOf } from '../../rules/publishing/consequences.ts'
import { requireVersion } from '../schemes.ts'
import { requirePublication } from './reading.ts'

const linePlace = z.tuple([z.iso.date(), z.uuid()])
const unitPlace = z.tuple([z.number().int().min(0)])
/** Where the script lies that calculates a file again. */
const SCRIPT_PATH = '/recompute-scores.mjs'

export async function listLeagueTables(
  context: Context,
  input: { scheme?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: LeagueLine[]; nextCursor: string | null }> {
  const { scheme, cursor, limit } = input
  const rows = await openRows(context, { scheme, after: readCursor(cursor, linePlace), limit: limit + 1 })
  const { shown, nextCursor } = toPage(rows, limit, (row) => writeCursor(row.periodStart.toString(), row.id))
  const lines: LeagueLine[] = []
  for (const row of shown) lines.push(await toLine(context, row))
  return { rows: lines, nextCursor }
}

async function toLine(context: Context, row: Row): Promise<LeagueLine> {
  const { title } = await requireVersion(context, row.scheme, row.version)
  const { units, ranked } = (await summaryOf(context, row)).summary
  return {
    id: row.id,
    title,
    grain: row.grain,
    periodStart: row.periodStart.toString(),
    track: row.track,
    version: row.version,
    state: row.state,
    publishedAt: row.publishedAt!.toString(),
    units,
    ranked,
    correctedBy: row.correctedBy,
  }
}

async function summaryOf(context: Context, row: Row) {
  const period = await findRunPeriod(context, row.run, row.periodStart.toString())
  must(period, `the run of publication ${row.id} stays for good`)
  return period
}

/** Of an open scheme and published once; anything else is not found, as if it were not there. */
async function requireOpen(context: Context, id: string): Promise<Row> {
  const row = isUuid(id) ? await findPublication(context, id) : null
  return found(row?.open && row.publishedAt !== null ? row : null, 'league table', id)
}

export async function readLeagueTable(context: Context, { id }: { id: string }): Promise<LeagueTable> {
  const row = await requireOpen(context, id)
  const scheme = await requireVersion(context, row.scheme, row.version)
  const { summary } = await summaryOf(context, row)
  const { name } = await readProfile(context)
  const base = `/api/organisations/${context.organisation}`
  const titles = await titlesOf(context, scheme)
  return {
    ...(await toLine(context, row)),
    organisation: { id: context.organisation, name },
    corrects: row.corrects,
    reason: row.reason,
    endedAt: row.endedAt?.toString() ?? null,
    endedBecause: row.endedBecause,
    newerCalculationAt: await newerAt(context, row),
    explanation: scheme.explanation,
    method: methodOf(scheme, titles),
    confidence: scheme.certainty.confidence,
    starsFrom: summary.starsFrom,
    starsCounts: summary.starsCounts,
    mean: summary.mean,
    items: flatItems(scheme).map(({ id: item, dimensionPlace, globalWeight }) => ({
      id: item,
      title: titles.get(item)!,
      dimension: scheme.dimensions[dimensionPlace]!.title,
      weight: globalWeight,
    })),
    adjusted: row.adjustments.length,
    file:
      row.file && row.state !== 'withdrawn'
        ? { path: `${base}/league-tables/${id}/file`, sizeBytes: row.file.sizeBytes, sha256: row.file.sha256 }
        : null,
    keysPath: `${base}/signing-keys`,
    scriptPath: SCRIPT_PATH,
  }
}

/** Of the items: their indicators' titles, or what people were asked. */
async function titlesOf(context: Context, scheme: Scheme): Promise<Map<string, Bilingual>> {
  const items = flatItems(scheme)
  const named = items.flatMap(({ source }) => (source.kind === 'indicator' ? [source.indicator] : []))
  const indicators = await indicatorsById(context, [...new Set(named)])
  return new Map(
    items.map(({ id, source }) => [
      id,
      source.kind === 'assessed' ? source.title : (indicators.get(source.indicator)?.title ?? { zh: id, en: id }),
    ]),
  )
}

/** Since when another calculation answers for the period whose scores differ. */
async function newerAt(context: Context, row: Row): Promise<string | null> {
  const of = { scheme: row.scheme, grain: row.grain, track: row.track, periods: [row.periodStart.toString()] }
  const [standing] = await standingRows(context, of)
  const revised = standing && standing.run !== row.baseRun ? standing.revisedAt : null
  return revised && Temporal.Instant.compare(revised, row.draftedAt) > 0 ? revised.toString() : null
}

export async function listLeagueRows(
  context: Context,
  input: { id: string; search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: PublishedScore[]; nextCursor: string | null }> {
  const row = await requireOpen(context, input.id)
  if (row.state === 'withdrawn') return { rows: [], nextCursor: null }
  const { search, cursor, limit } = input
  const [after] = readCursor(cursor, unitPlace) ?? []
  const units = await unitPage(context, row.id, { search }, { after, limit: limit + 1 })
  const { shown, nextCursor } = toPage(units, limit, (unit) => writeCursor(unit.place))
  return { rows: shown.map((unit) => toPublic(unit.score)), nextCursor }
}

/** What was typed from paper: other letters than ours, blanks and missing hyphens are no fault. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/
function codeOf(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return CODE.test(letters) ? letters.replaceAll(/(.{4})(?=.)/g, '$1-') : null
}

export async function checkSign(context: Context, { code }: { code: string }): Promise<SignCheck> {
  const known = codeOf(code)
  const unit = found(known === null ? null : await unitByCode(context, known), 'sign', code)
  const row = await requireOpen(context, unit.publication)
  const { title } = await requireVersion(context, row.scheme, row.version)
  const { name } = await readProfile(context)
  return {
    organisation: name,
    title,
    entity: { key: unit.key, name: unit.name },
    stars: unit.stars,
    grain: row.grain,
    periodStart: row.periodStart.toString(),
    publication: row.id,
    publishedAt: row.publishedAt!.toString(),
    state: row.state,
    correctedBy: row.correctedBy,
  }
}

const noSign = (entity: string): never => refuse(commonRefusals, 'NOT_FOUND', { what: 'star sign', id: entity })

/** The sign of a unit by the newest publication, where the rule gives it one. */
export const openSign = (
  context: Context,
  { consequence = '', entity = '' }: Readonly<Record<string, string>>,
  { lang = 'zh' }: Readonly<Record<string, string>>,
): Promise<Download> =>
  context.separately(async (inside) => {
    const rule = await findConsequence(inside, consequence)
    const row = rule?.kind === 'sign' ? await newestPublished(inside, rule) : null
    const unit = row?.open ? await unitByKey(inside, row.id, entity) : null
    if (!rule || !row || !unit) return noSign(entity)
    const [shown = 0] = followingOf(rule, [unit]).values
    if (shown === 0) return noSign(entity)
    const language = lang === 'en' ? 'en' : 'zh'
    const { name } = await readProfile(inside)
    const period = row.periodStart.toString()
    const facts = {
      organisation: name,
      title: rule.title[language],
      name: unit.name,
      period: row.grain === 'month' ? period.slice(0, 7) : period,
      stars: shown,
      code: unit.code,
    }
    const body = starSign(facts, language)
    const tag = `${row.id}-${rule.version}-${language}`
    return { name: `${entity}.svg`, type: 'image/svg+xml; charset=utf-8', body, shown: true, tag }
  })

/** The signed file of an open publication. */
export const openLeagueFile = (files: Files, context: Context, { id = '' }: Readonly<Record<string, string>>) =>
  context.separately(async (inside) => fileOf(files, inside, await requireOpen(inside, id)))

/** The signed file for those who may read the publication. */
export const openPublicationFile = (files: Files, context: Context, { id = '' }: Readonly<Record<string, string>>) =>
  context.separately(async (inside) => {
    found(isUuid(id) ? id : null, 'publication', id)
    const { row } = await requirePublication(inside, id)
    return fileOf(files, inside, row)
  })

async function fileOf(files: Files, context: Context, row: Row): Promise<Download> {
  const { file } = row
  const kept = file && row.state !== 'withdrawn' ? await files.find(context.organisation, file.sha256) : null
  const { path, sizeBytes } = found(kept, 'file', row.id)
  const type = 'application/json; charset=utf-8'
  return { name: file!.name, type, sizeBytes, tag: file!.sha256, body: createReadStream(path) }
}
