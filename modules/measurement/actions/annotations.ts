/** Notes on series. Other modules leave theirs here (`writeNote`, `withdrawNote`), e.g. when a plan begins; people write by hand. */
import { readCalendar } from '#organisation/actions/calendars'
import { type EntityPlace, lookUpEntityNumbers, requireEntity } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Bilingual } from '#platform/contract'
import { found, invalid } from '#platform/refusal'
import type { Annotation } from '../contract/exploring/annotations.ts'
import type { Indicator } from '../contract/indicators.ts'
import { calendarsNamed } from '../rules/plan/calendars-named.ts'
import {
  type AnnotationRow,
  insertNote,
  notesBetween,
  removeNote,
  removeNoteOf,
} from '../store/exploring/annotations.ts'
import { allVersions } from '../store/records/indicators.ts'
import { currentIndicator } from './indicators.ts'

export interface Note {
  /** Name of the module that writes, and the name it knows the note by. */
  readonly origin: string
  readonly originKey: string
  /** Null: on every indicator. */
  readonly indicator: string | null
  /** Null: the whole organisation. */
  readonly entity: EntityPlace | null
  readonly from: string
  /** Last day; null: one day. */
  readonly to: string | null
  readonly text: Bilingual
}

/** For other modules; written again under the same name it takes the other's place. */
export async function writeNote(context: Context, note: Note): Promise<void> {
  const { origin, originKey, indicator, entity, from, to, text } = note
  await removeNoteOf(context, origin, originKey)
  const words = { textZh: text.zh, textEn: text.en }
  await insertNote(context, { origin, originKey, indicator, entity: entity?.number ?? null, from, to, ...words })
}

/** For other modules; nothing happens when there is none. */
export async function withdrawNote(context: Context, origin: string, originKey: string): Promise<void> {
  await removeNoteOf(context, origin, originKey)
}

async function told(context: Context, rows: readonly AnnotationRow[]): Promise<Annotation[]> {
  const places = await lookUpEntityNumbers(
    context,
    rows.flatMap((row) => row.entity ?? []),
  )
  return rows.map((row) => {
    const place = row.entity === null ? undefined : places.get(row.entity)
    return {
      id: row.id,
      kind: 'note',
      from: row.from,
      to: row.to,
      text: { zh: row.textZh, en: row.textEn },
      indicator: row.indicator,
      entity: place ? { key: place.key, name: place.name } : null,
      by: row.recordedBy,
      recordedAt: row.recordedAt.toString(),
      origin: row.origin,
    }
  })
}

/** By day. A note about a node is told with everything below it. */
export async function listAnnotations(
  context: Context,
  input: { id: string; entity?: string | undefined; from: string; to: string },
): Promise<Annotation[]> {
  const indicator = await currentIndicator(context, input.id)
  const place = input.entity === undefined ? null : await requireEntity(context, input.entity)
  const asked = { indicator: input.id, entities: place?.path ?? [], from: input.from, to: input.to }
  const notes = await told(context, await notesBetween(context, asked))
  const changes = [...(await versionNotes(context, indicator)), ...(await calendarNotes(context, indicator))]
  const within = changes.filter((note) => note.from >= input.from && note.from <= input.to)
  return [...within, ...notes].toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

const derivedNote = { to: null, entity: null, origin: null }

async function versionNotes(context: Context, { id }: Indicator): Promise<Annotation[]> {
  const versions = await allVersions(context, id)
  return versions.flatMap(({ version, effectiveFrom, createdAt, createdBy }): Annotation[] => {
    if (effectiveFrom === null) return []
    const text = { zh: `第 ${version} 版口径生效`, en: `Version ${version} of the definition takes effect` }
    const note = { ...derivedNote, id: `version-${version}`, kind: 'version' as const, indicator: id, text }
    return [{ ...note, from: effectiveFrom, by: createdBy, recordedAt: createdAt }]
  })
}

/** The first version of a calendar is its beginning, no change. */
async function calendarNotes(context: Context, indicator: Indicator): Promise<Annotation[]> {
  const notes: Annotation[] = []
  for (const calendar of calendarsNamed(indicator)) {
    const { name, versions } = await readCalendar(context, { id: calendar })
    for (const { version, effectiveFrom, recordedAt, recordedBy } of versions.slice(1)) {
      const text = { zh: `“${name.zh}”开放时间调整`, en: `Other hours of “${name.en}”` }
      const id = `calendar-${calendar}-${version}`
      const note = { ...derivedNote, id, kind: 'calendar' as const, indicator: indicator.id, text }
      notes.push({ ...note, from: effectiveFrom, by: recordedBy, recordedAt })
    }
  }
  return notes
}

export async function saveAnnotation(
  context: Context,
  input: { indicator: string | null; entity: string | null; from: string; to: string | null; text: string },
): Promise<Annotation> {
  if (input.to !== null && input.to < input.from) invalid('to', 'order', 'The span ends before it begins.')
  if (input.indicator !== null) await currentIndicator(context, input.indicator)
  const entity = input.entity === null ? null : await requireEntity(context, input.entity)
  const row = await insertNote(context, {
    indicator: input.indicator,
    entity: entity?.number ?? null,
    from: input.from,
    to: input.to,
    // What a person wrote is told in the words it was written in.
    textZh: input.text,
    textEn: input.text,
    origin: null,
    originKey: null,
  })
  return (await told(context, [row]))[0]!
}

/** Notes of other modules are theirs to withdraw. */
export async function removeAnnotation(
  context: Context,
  input: { annotation: string },
): Promise<Record<string, never>> {
  found((await removeNote(context, input.annotation)) > 0 ? true : null, 'note', input.annotation)
  return {}
}
