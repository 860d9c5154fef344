/** Objections: made by somebody responsible for the unit, seen by them and by those who decide, taken back by who made them. */
import { readScoreOutline } from '#measurement/actions/scores/stored-scores'
import { type EntityPlace, lookUpEntityNumbers, requireEntity } from '#organisation/actions/look-up'
import type { AttachedFile, Attachments } from '#platform/attachments/attachments'
import type { Context } from '#platform/context'
import type { Download } from '#platform/module'
import { readTimePlace, toPage, writeCursor } from '#platform/paging'
import { isUuid } from '#platform/records/columns'
import { found, invalid, refuse } from '#platform/refusal'
import { type Appeal, appealMoved, type AppealState, evaluationRefusals } from '../../contract.ts'
import { decisionBar, isResponsible, type Reader } from '../../rules/publishing/responsible.ts'
import { isPublic } from '../../rules/publishing/transitions.ts'
import { appealsClosed } from '../../rules/publishing/window.ts'
import { flatItems } from '../../rules/schemes/flat-items.ts'
import {
  appealedEntities,
  type AppealRow,
  appealRows,
  findAppeal,
  findOpenAppeal,
  insertAppeal,
  setAppeal,
} from '../../store/publishing/appeals.ts'
import type { PublicationRow } from '../../store/publishing/publications.ts'
import { requireVersion } from '../schemes.ts'
import { readerOf, requirePublication } from './reading.ts'

const usedBy = (appeal: string) => `evaluation.appeal ${appeal}`
const UNKNOWN_PLACE = { key: '', name: '', number: 0, kind: '', path: [] } satisfies EntityPlace

export async function makeAppeal(
  attachments: Attachments,
  context: Context,
  input: { id: string; entity: string; item: string | null; text: string; attachments: string[] },
): Promise<Appeal> {
  const { row, reader } = await requirePublication(context, input.id, true)
  const entity = await requireEntity(context, input.entity)
  if (!isResponsible(reader.duties, entity.path))
    refuse(evaluationRefusals, 'APPEAL_NOT_RESPONSIBLE', { entity: entity.key })
  demandOpen(context, row)
  await demandUnit(context, row, entity)
  const { item, text } = input
  if (item !== null && !flatItems(await requireVersion(context, row.scheme, row.version)).some(({ id }) => id === item))
    invalid('item', 'item-unknown', `The scheme has no item "${item}".`)
  const known = await findOpenAppeal(context, { publication: row.id, entity: entity.number, item })
  if (known) refuse(evaluationRefusals, 'APPEAL_EXISTS', { id: known.id })
  const id = context.newId()
  const against = isPublic(row.state) ? 'published' : 'preview'
  await insertAppeal(context, { id, publication: row.id, entity: entity.number, item, text, against })
  await attachments.use(context, input.attachments, usedBy(id))
  await announceAppeal(context, id, row.id, entity.key, 'open')
  return readAppeal(attachments, context, { id })
}

function demandOpen(context: Context, row: PublicationRow): void {
  const because = appealsClosed(row, context.now)
  if (because === null) return
  const until = row.appealsUntil?.toString() ?? null
  refuse(evaluationRefusals, 'APPEAL_CLOSED', { because, until, newest: row.correctedBy })
}

async function demandUnit(context: Context, row: PublicationRow, entity: EntityPlace): Promise<void> {
  const place = { scheme: row.scheme, grain: row.grain, periodStart: row.periodStart.toString(), run: row.run }
  const { entities } = await readScoreOutline(context, place, { entities: [entity.number] })
  if (entities.length === 0) refuse(evaluationRefusals, 'UNIT_NOT_PUBLISHED', { entity: entity.key })
}

export const announceAppeal = (
  context: Context,
  appeal: string,
  publication: string,
  entity: string,
  state: AppealState,
): Promise<void> => context.announce(appealMoved, { appeal, publication, entity, state })

/** Decides all of them, or publishes: sees all; else one's own objections and those about one's own units. */
const seesAll = ({ permissions }: Reader) => permissions.has('appeals.decide') || permissions.has('scores.publish')

/** Refuses with NOT_FOUND where whoever asks may not even know of it. */
export async function requireAppeal(
  context: Context,
  id: string,
  locked = false,
): Promise<{ row: AppealRow; entity: EntityPlace; reader: Reader }> {
  const row = found(await findAppeal(context, id, locked), 'appeal', id)
  const entity = (await lookUpEntityNumbers(context, [row.entity])).get(row.entity) ?? UNKNOWN_PLACE
  const reader = await readerOf(context)
  const visible = seesAll(reader) || row.madeById === context.who.id || isResponsible(reader.duties, entity.path)
  return { row: found(visible ? row : null, 'appeal', id), entity, reader }
}

export async function readAppeal(attachments: Attachments, context: Context, { id }: { id: string }): Promise<Appeal> {
  const { row, entity, reader } = await requireAppeal(context, id)
  const files = await attachments.of(context, [usedBy(id)])
  return toAppeal(context, row, { entity, reader, files: files.get(usedBy(id)) ?? [] })
}

export async function listAppeals(
  attachments: Attachments,
  context: Context,
  input: {
    publication?: string | undefined
    state?: AppealState | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ rows: Appeal[]; nextCursor: string | null }> {
  const { publication, state, cursor, limit } = input
  const reader = await readerOf(context)
  const mine = seesAll(reader) ? {} : { entities: await ownAppealed(context, reader), madeById: context.who.id }
  const before = readTimePlace(cursor)
  const rows = await appealRows(context, { publication, state, ...mine, before, limit: limit + 1 })
  const { shown, nextCursor } = toPage(rows, limit, (row) => writeCursor(row.madeAt.toString(), row.id))
  const places = await lookUpEntityNumbers(context, [...new Set(shown.map((row) => row.entity))])
  const files = await attachments.of(
    context,
    shown.map((row) => usedBy(row.id)),
  )
  const told = shown.map((row) => {
    const entity = places.get(row.entity) ?? UNKNOWN_PLACE
    return toAppeal(context, row, { entity, reader, files: files.get(usedBy(row.id)) ?? [] })
  })
  return { rows: told, nextCursor }
}

/** Units somebody objected for that whoever asks is responsible for. */
async function ownAppealed(context: Context, { duties }: Reader): Promise<number[]> {
  if (!duties.some(({ role }) => role === 'department-head')) return []
  const places = await lookUpEntityNumbers(context, await appealedEntities(context))
  return [...places.values()].filter(({ path }) => isResponsible(duties, path)).map(({ number }) => number)
}

function toAppeal(
  context: Context,
  row: AppealRow,
  { entity, reader, files }: { entity: EntityPlace; reader: Reader; files: readonly AttachedFile[] },
): Appeal {
  const bar = decisionBar({ id: context.who.id, duties: reader.duties }, row, entity.path)
  const decides = reader.permissions.has('appeals.decide') && row.state === 'open'
  return {
    id: row.id,
    publication: row.publication,
    entity: { key: entity.key, name: entity.name },
    item: row.item,
    text: row.text,
    attachments: [...files],
    against: row.against,
    state: row.state,
    madeAt: row.madeAt.toString(),
    madeBy: row.madeByName,
    decidedAt: row.decidedAt?.toString() ?? null,
    decidedBy: row.decidedBy,
    decision: row.decision,
    adjustments: row.adjustments,
    correctedIn: row.correctedIn,
    mine: row.madeById === context.who.id,
    mayDecide: decides && bar === null,
    mayNotDecideBecause: decides ? bar : null,
  }
}

export async function retractAppeal(
  attachments: Attachments,
  context: Context,
  { id }: { id: string },
): Promise<Appeal> {
  const { row, entity } = await requireAppeal(context, id, true)
  if (row.madeById !== context.who.id) refuse(evaluationRefusals, 'APPEAL_NOT_OWN')
  if (row.state !== 'open') refuse(evaluationRefusals, 'APPEAL_DECIDED', { state: row.state })
  await setAppeal(context, id, { state: 'retracted', decidedAt: context.now, decidedBy: context.who.name })
  await announceAppeal(context, id, row.publication, entity.key, 'retracted')
  return readAppeal(attachments, context, { id })
}

/** A file of an objection, for those who may read the objection. */
export async function openAttachment(
  attachments: Attachments,
  context: Context,
  { id, attachment }: { id: string; attachment: string },
): Promise<Download> {
  return context.separately(async (inside) => {
    for (const each of [id, attachment]) found(isUuid(each) ? each : null, 'attachment', each)
    await requireAppeal(inside, id)
    return attachments.open(inside, attachment, usedBy(id))
  })
}
