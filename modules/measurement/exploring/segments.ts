/** Segments: what they are, saved and archived. */
import { readCalendar } from '#organisation/actions/calendars'
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import type { Segment } from '../contract/exploring/segments.ts'
import { measurementRefusals } from '../contract/refusals.ts'
import { currentSegments, findSegment, insertSegment, segmentHistory } from '../store/exploring/segments.ts'

/** Null when none was asked for. An archived one still answers: links to it go on working. Refuses with SEGMENT_UNKNOWN. */
export async function segmentOf(context: Context, id: string | undefined): Promise<Segment | null> {
  if (id === undefined) return null
  return (await findSegment(context, id)) ?? refuse(measurementRefusals, 'SEGMENT_UNKNOWN', { id })
}

export async function listSegments(context: Context, input: { archived?: boolean | undefined }): Promise<Segment[]> {
  const all = await currentSegments(context)
  return all
    .filter((each) => input.archived || !each.archived)
    .toSorted((a, b) => a.title.zh.localeCompare(b.title.zh, 'zh-CN'))
}

export async function segmentVersions(context: Context, { id }: { id: string }): Promise<Segment[]> {
  const versions = await segmentHistory(context, id)
  return versions.length > 0 ? versions : refuse(measurementRefusals, 'SEGMENT_UNKNOWN', { id })
}

/** Refuses with CALENDAR_UNKNOWN, or with SEGMENT_CHANGED when another version is the newest. */
export async function saveSegment(
  context: Context,
  input: Pick<Segment, 'id' | 'title' | 'conditions'> & { basedOn: number },
): Promise<Segment> {
  const { basedOn, ...draft } = input
  for (const condition of draft.conditions)
    if ('calendar' in condition) await readCalendar(context, { id: condition.calendar })
  return keep(context, { ...draft, archived: false }, basedOn)
}

export async function archiveSegment(context: Context, { id }: { id: string }): Promise<Record<string, never>> {
  const newest = (await findSegment(context, id)) ?? refuse(measurementRefusals, 'SEGMENT_UNKNOWN', { id })
  if (!newest.archived) await keep(context, { ...newest, archived: true }, newest.version)
  return {}
}

async function keep(
  context: Context,
  draft: Pick<Segment, 'id' | 'title' | 'conditions' | 'archived'>,
  basedOn: number,
): Promise<Segment> {
  const { id, title, conditions, archived } = draft
  const newest = await findSegment(context, id)
  const version = newest?.version ?? 0
  if (version !== basedOn) refuse(measurementRefusals, 'SEGMENT_CHANGED', { id, version })
  const saved = await insertSegment(context, { id, title, conditions, archived, version: version + 1 })
  if (!saved) refuse(measurementRefusals, 'SEGMENT_CHANGED', { id, version: version + 1 })
  return (await findSegment(context, id))!
}
