/** Other units or other indicators beside this one: `?compare=e:KEY,i:ID` in the address. */
import { useQueries } from '@tanstack/react-query'
import { Tag } from 'antd'
import type { Indicator, Series } from '#measurement/contract'
import { GroupChart } from '#platform/web/charts/group-chart.tsx'
import { type Say, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { EntityPicker, IndicatorPicker } from '#platform/web/parts/pickers.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import type { Sentence } from '#platform/web/words.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.together
const COMPARED_LIMIT = 7
const SEPARATOR = ','

interface Props {
  readonly indicator: Indicator
  readonly series: Series
}

export function TogetherSection({ indicator, series }: Props) {
  const say = useSay()
  const [text, setText] = useSearchValue('compare')
  const { entity, ...asked } = useAsked()
  const added = (text ?? '')
    .split(SEPARATOR)
    .filter((one) => /^[ei]:./.test(one))
    .slice(0, COMPARED_LIMIT)
  const others = useQueries({
    queries: added.map((one) => {
      const name = one.slice(2)
      const here = entity === undefined ? {} : { entity }
      const whose = one.startsWith('e:') ? { id: indicator.id, entity: name } : { id: name, ...here }
      return measurement.readSeries.queryOptions({ input: { ...asked, ...whose } })
    }),
  })
  const keep = (names: readonly string[]) => setText(names.length === 0 ? undefined : names.join(SEPARATOR))
  const told = (data: Series) => nameOf(data, { indicator, series }, say)
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={added.length < COMPARED_LIMIT && <Adding onAdd={(name) => keep([...new Set([...added, name])])} />}
    >
      <div className="stack">
        {added.length === 0 && <p className="muted">{say(words.none)}</p>}
        {added.length > 0 && (
          <div className="row">
            {added.map((one, index) => {
              const data = others[index]?.data
              const name = data ? told(data) : one.slice(2)
              const onClose = () => keep(added.filter((each) => each !== one))
              return (
                <Tag key={one} closable={{ 'aria-label': say(words.remove, { name }) }} onClose={onClose}>
                  {name}
                </Tag>
              )
            })}
          </div>
        )}
        {others.map((query, index) => query.error && <ProblemNotice key={added[index]} error={query.error} />)}
        {others.some((query) => query.isLoading) && <Waiting rows={6} />}
        {added.length > 0 && (
          <Charts all={[series, ...others.flatMap((query) => query.data ?? [])]} told={told} grain={asked.grain} />
        )}
      </div>
    </Section>
  )
}

/** By the unit where the indicator is the same, else by the indicator with its unit. */
function nameOf(data: Series, { indicator, series }: Props, say: Say): string {
  const where = data.entity?.name ?? say(all.one.whole)
  const same = data.indicator.id === indicator.id && data.entity?.key !== series.entity?.key
  return same ? where : `${say(data.indicator.title)} · ${where}`
}

function Adding({ onAdd }: { onAdd: (name: string) => void }) {
  const say = useSay()
  const adding = (kind: 'e' | 'i', name: Sentence) => ({
    value: undefined,
    onChange: (key: string | undefined) => key !== undefined && onAdd(`${kind}:${key}`),
    placeholder: say(name),
    'aria-label': say(name),
  })
  return (
    <>
      <div style={{ width: 220 }}>
        <EntityPicker {...adding('e', words.addUnit)} />
      </div>
      <div style={{ width: 220 }}>
        <IndicatorPicker {...adding('i', words.addIndicator)} />
      </div>
    </>
  )
}

interface ChartsProps {
  readonly all: readonly Series[]
  readonly told: (series: Series) => string
  readonly grain: Series['grain']
}

/** One chart where all units agree, else one for each unit of measure. */
function Charts({ all: shown, told, grain }: ChartsProps) {
  const byUnit = [...Map.groupBy(shown, (one) => one.indicator.unit)]
  const several = byUnit.length > 1
  return (
    <div className={several ? 'columns' : 'stack'}>
      {byUnit.map(([unit, same]) => (
        <div key={unit} className={several ? 'half' : ''}>
          <GroupChart
            title={same.map(told).join('、')}
            unit={unit}
            grain={grain}
            heightPixels={several ? 240 : 320}
            groups={same.map((one) => ({ name: told(one), points: one.groups[0]?.points ?? [] }))}
          />
        </div>
      ))}
    </div>
  )
}
