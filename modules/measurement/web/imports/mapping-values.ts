/** A mapping as the form holds it, and back. */
import type { MappingDefinition } from '#measurement/contract'

export interface MappingValues {
  name: string
  eventType: string
  entityBy: 'columns' | 'key'
  entityColumns?: string[]
  entityKey?: string
  unknownEntities: 'refuse' | 'create'
  createdKind?: string
  createdBelow?: string
  timeColumn: string
  timeFormat: MappingDefinition['time']['format']
  identity?: string[]
  attributes?: string[]
  values?: string[]
  durations?: { name: string; hoursFrom: string; hoursTo: string }[]
  emptyNumber: MappingDefinition['emptyNumber']
}

export function valuesOf(name: string, definition: MappingDefinition | null): Partial<MappingValues> {
  const usual = {
    name,
    entityBy: 'columns',
    unknownEntities: 'refuse',
    timeFormat: 'auto',
    emptyNumber: 'absent',
  } as const
  if (!definition) return usual
  const byKey = 'key' in definition.entity
  return {
    ...usual,
    eventType: definition.eventType,
    entityBy: byKey ? 'key' : 'columns',
    ...('key' in definition.entity
      ? { entityKey: definition.entity.key }
      : { entityColumns: definition.entity.columns }),
    unknownEntities: definition.unknownEntities,
    ...(definition.createdBelow
      ? { createdKind: definition.createdBelow.kind, createdBelow: definition.createdBelow.parentKey ?? '' }
      : {}),
    timeColumn: definition.time.column,
    timeFormat: definition.time.format,
    identity: definition.identity ?? [],
    attributes: definition.attributes.map((one) => one.column),
    values: definition.values.flatMap((one) => ('column' in one ? [one.column] : [])),
    durations: definition.values.flatMap((one) => ('column' in one ? [] : [one])),
    emptyNumber: definition.emptyNumber,
  }
}

/** Names given to columns in an earlier version of the mapping stay; new columns are called as in the file. */
export function definitionOf(values: MappingValues, before: MappingDefinition | null): MappingDefinition {
  const attributeNames = new Map(before?.attributes.map((one) => [one.column, one.name]))
  const valueNames = new Map(
    before?.values.flatMap((one) => ('column' in one ? [[one.column, one.name] as const] : [])),
  )
  const create = values.unknownEntities === 'create'
  return {
    eventType: values.eventType.trim(),
    entity: values.entityBy === 'key' ? { key: values.entityKey ?? '' } : { columns: values.entityColumns ?? [] },
    unknownEntities: values.unknownEntities,
    ...(create ? { createdBelow: { kind: values.createdKind ?? '', parentKey: values.createdBelow || null } } : {}),
    time: {
      column: values.timeColumn,
      format: values.timeFormat,
      ...(before?.time.timeZone ? { timeZone: before.time.timeZone } : {}),
    },
    ...(values.identity && values.identity.length > 0 ? { identity: values.identity } : {}),
    attributes: (values.attributes ?? []).map((column) => ({ column, name: attributeNames.get(column) ?? column })),
    values: [
      ...(values.values ?? []).map((column) => ({ column, name: valueNames.get(column) ?? column })),
      ...(values.durations ?? []),
    ],
    emptyNumber: values.emptyNumber,
  }
}
