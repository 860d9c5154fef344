/** About whom: as a column, a join and a filter over a row called `event`. */
import { must } from '#platform/refusal'
import type { Bag } from './parameter-bag.ts'

/** The listed entities one by one; all of them; nodes of the tree with all below; everything in one. `kinds` narrows whose events count. */
export type Subjects = (
  | { readonly kind: 'entities'; readonly entities: readonly number[] }
  | { readonly kind: 'all'; readonly entityKind?: string; readonly below?: number }
  | { readonly kind: 'nodes'; readonly nodes: readonly number[] }
  | { readonly kind: 'organisation' }
) & { readonly population?: readonly string[] }

export const LISTED_SUBJECTS_LIMIT = 20_000

export interface CompiledSubjects {
  readonly subject: string
  readonly join: string
  readonly filter: readonly string[]
}

export function compileSubjects(bag: Bag, owner: string, subjects: Subjects): CompiledSubjects {
  const compiled = compileWho(bag, owner, subjects)
  const { population = [] } = subjects
  if (population.length === 0) return compiled
  const members = `event.entity IN (SELECT entity ${placesOf(owner)} AND kind IN ${bag('Array(String)', population)})`
  return { ...compiled, filter: [...compiled.filter, members] }
}

const placesOf = (owner: string) => `FROM bihuan.entity_place FINAL WHERE organisation = ${owner}`

function compileWho(bag: Bag, owner: string, subjects: Subjects): CompiledSubjects {
  const places = placesOf(owner)
  switch (subjects.kind) {
    case 'entities': {
      must(subjects.entities.length <= LISTED_SUBJECTS_LIMIT, `at most ${LISTED_SUBJECTS_LIMIT} entities are listed`)
      return {
        subject: 'event.entity',
        join: '',
        filter: [`event.entity IN ${bag('Array(UInt64)', subjects.entities)}`],
      }
    }
    case 'all': {
      const kind = subjects.entityKind === undefined ? [] : [`kind = ${bag('String', subjects.entityKind)}`]
      const below = subjects.below === undefined ? [] : [`has(ancestors, ${bag('UInt64', subjects.below)})`]
      const wanted = [...kind, ...below]
      const members = `event.entity IN (SELECT entity ${[places, ...wanted].join(' AND ')})`
      return { subject: 'event.entity', join: '', filter: wanted.length > 0 ? [members] : [] }
    }
    case 'nodes': {
      must(subjects.nodes.length <= LISTED_SUBJECTS_LIMIT, `at most ${LISTED_SUBJECTS_LIMIT} nodes are listed`)
      const nodes = bag('Array(UInt64)', subjects.nodes)
      const members = `event.entity IN (SELECT entity ${places} AND hasAny(ancestors, ${nodes}))`
      const only = subjects.nodes.length === 1 ? subjects.nodes[0] : undefined
      if (only !== undefined) return { subject: bag('UInt64', only), join: '', filter: [members] }
      const pairs = `SELECT entity AS member, arrayJoin(arrayIntersect(ancestors, ${nodes})) AS node ${places}`
      return {
        subject: 'place.node',
        join: `\n    INNER JOIN (${pairs}) AS place ON place.member = event.entity`,
        filter: [members],
      }
    }
    case 'organisation':
      return { subject: 'toUInt64(0)', join: '', filter: [] }
  }
}
