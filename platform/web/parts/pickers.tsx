/** Choosing a node of the tree, a person, an indicator, a kind of entity: each searches on the server. */
import { useQuery } from '@tanstack/react-query'
import { Select, TreeSelect } from 'antd'
import { useDeferredValue, useState } from 'react'
import { measurementContract } from '#measurement/contract'
import { apiOf, queryClient } from '../api.ts'
import { floorWords } from '../floor-words.ts'
import { useSay } from '../language.tsx'
import { organisation, useMay } from '../session.ts'

const measurement = apiOf('measurement', measurementContract)
const CHOICES_LIMIT = 50
const CHILDREN_LIMIT = 200

interface Choice<T> {
  readonly value?: T | undefined
  readonly onChange?: (value: T | undefined) => void
  readonly id?: string
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly allowClear?: boolean
  readonly 'aria-label'?: string
}

interface Node {
  value: string
  title: string
  isLeaf: boolean
  id: string
  pId: string | null
}

const nodeOf = (entity: { key: string; name: string; childCount: number; parentKey: string | null }): Node => ({
  id: entity.key,
  pId: entity.parentKey,
  value: entity.key,
  title: entity.name,
  isLeaf: entity.childCount === 0,
})

async function childrenOf(parentKey: string): Promise<Node[]> {
  const input = { parentKey, limit: CHILDREN_LIMIT }
  const found = await queryClient.fetchQuery(organisation.listEntities.queryOptions({ input }))
  return found.rows.map((entity) => ({ ...nodeOf(entity), pId: parentKey === 'root' ? null : parentKey }))
}

/** A node of the organisation's tree: branches open on demand, typing searches the whole tree. Empty is the whole organisation. */
export function EntityPicker(props: Choice<string>) {
  const say = useSay()
  const [loaded, setLoaded] = useState<readonly Node[]>([])
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const may = useMay('entities.read')
  const roots = useQuery({ queryKey: [['organisation'], 'roots'], queryFn: () => childrenOf('root'), enabled: may })
  const found = useQuery({
    ...organisation.listEntities.queryOptions({ input: { search, limit: CHOICES_LIMIT } }),
    enabled: may && search !== '',
  })
  const chosen = useQuery({
    ...organisation.readEntity.queryOptions({ input: { key: props.value ?? '' } }),
    enabled: may && props.value !== undefined && props.value !== '',
  })
  const tree = [...(roots.data ?? []), ...loaded]
  const hits = (found.data?.rows ?? []).map((entity) => ({
    ...nodeOf(entity),
    pId: null,
    isLeaf: true,
    title: [...entity.ancestors.slice(-1).map((each) => each.name), entity.name].join(' / '),
  }))
  const nodes = search === '' ? tree : hits
  const known = chosen.data && !nodes.some((node) => node.value === chosen.data.key)
  return (
    <TreeSelect<string>
      {...(props.id ? { id: props.id } : {})}
      aria-label={props['aria-label'] ?? say(floorWords.scope.entity)}
      showSearch={{ filterTreeNode: false, searchValue: typed, onSearch: setTyped }}
      treeDataSimpleMode
      treeData={known ? [...nodes, { ...nodeOf(chosen.data), pId: null, isLeaf: true }] : [...nodes]}
      loadData={async (node) => {
        const key = String(node['value'])
        if (loaded.some((one) => one.pId === key)) return
        const children = await childrenOf(key)
        setLoaded((before) => [...before, ...children.filter((child) => !before.some((one) => one.id === child.id))])
      }}
      {...(props.value ? { value: props.value } : {})}
      onChange={(value) => props.onChange?.(value ?? undefined)}
      allowClear={props.allowClear ?? true}
      disabled={props.disabled ?? !may}
      placeholder={props.placeholder ?? say(floorWords.scope.everything)}
      loading={roots.isLoading || found.isFetching}
      style={{ minWidth: 220, width: '100%' }}
      popupMatchSelectWidth={360}
      listHeight={360}
    />
  )
}

/** A person of the organisation, by id. Everybody who may not read people gets the ids only. */
export function PersonPicker(props: Choice<string>) {
  const say = useSay()
  const may = useMay('people.read')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const input = { limit: CHOICES_LIMIT, ...(search === '' ? {} : { search }) }
  const people = useQuery({ ...organisation.listPeople.queryOptions({ input }), enabled: may })
  const options = (people.data?.rows ?? []).map((person) => ({
    value: person.id,
    label: person.active ? person.name : person.name + say(floorWords.pick.inactive),
    disabled: !person.active,
  }))
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={options}
      {...(props.value ? { value: props.value } : {})}
      onChange={(value) => props.onChange?.(value)}
      allowClear={props.allowClear ?? false}
      disabled={props.disabled ?? !may}
      placeholder={props.placeholder ?? say(floorWords.pick.person)}
      loading={people.isFetching}
      style={{ minWidth: 140, width: '100%' }}
      aria-label={props['aria-label'] ?? say(floorWords.pick.person)}
    />
  )
}

/** The indicators that exist, for pickers and names: `useIndicators()?.find(…)`. */
export function useIndicators() {
  return useQuery(measurement.listIndicators.queryOptions({ input: { limit: CHILDREN_LIMIT } })).data?.rows
}

/** An indicator that is not retired, by id. */
export function IndicatorPicker(props: Choice<string>) {
  const say = useSay()
  const rows = useIndicators()
  const options = (rows ?? [])
    .filter((one) => !one.retired || one.id === props.value)
    .map((one) => ({ value: one.id, label: say(one.title) }))
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      {...(props.value ? { value: props.value } : {})}
      onChange={(value) => props.onChange?.(value)}
      allowClear={props.allowClear ?? false}
      disabled={props.disabled ?? false}
      placeholder={props.placeholder ?? say(floorWords.pick.indicator)}
      loading={rows === undefined}
      style={{ minWidth: 200, width: '100%' }}
      aria-label={props['aria-label'] ?? say(floorWords.pick.indicator)}
    />
  )
}

/** A kind of entity, in the organisation's own words. */
export function KindPicker(props: Choice<string>) {
  const say = useSay()
  const kinds = useQuery(organisation.entityKinds.queryOptions())
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      options={(kinds.data ?? []).map((one) => ({ value: one.kind, label: `${one.kind}（${one.count}）` }))}
      {...(props.value ? { value: props.value } : {})}
      onChange={(value) => props.onChange?.(value)}
      allowClear={props.allowClear ?? false}
      disabled={props.disabled ?? false}
      placeholder={props.placeholder ?? say(floorWords.pick.kind)}
      loading={kinds.isLoading}
      style={{ minWidth: 140, width: '100%' }}
      aria-label={props['aria-label'] ?? say(floorWords.pick.kind)}
    />
  )
}
