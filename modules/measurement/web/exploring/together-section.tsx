/** Other units or other indicators beside this one: `?compare=e:KEY,i:ID` in the address. */
import { useQueries } from '@tanstack/react-query'
import { Tag } from 'antd'
import type { Indicator, Series } from '#measurement/contract'
import { GroupChart } from '#platform/web/charts/group-chart.tsx'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { EntityPicker, IndicatorPicker } from '#platform/web/parts/pickers.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.together
const COMPARED_LIMIT = 7
const SEPARATOR = ','

export function TogetherSection({ indicator, series }: { indicator: Indicator; series: Series }) {
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
      const whose = one.startsWith('e:')
        ? { id: indicator.id, entity: name }
        : { id: name, ...(entity === undefined ? {} : { entity }) }
      return measurement.readSeries.queryOptions({ input: { ...asked, ...whose } })
    }),
  })
  const add = (kind: 'e' | 'i') => (name: string | undefined) => {
    if (name === undefined) return
    setText([...new Set([...added, `${kind}:${name}`])].join(SEPARATOR))
  }
  const remove = (one: string) => setText(added.filter((each) => each !== one).join(SEPARATOR) || undefined)
  const named = (data: Series) =>
    data.indicator.id === indicator.id && data.entity?.key !== series.entity?.key
      ? (data.entity?.name ?? say(all.one.whole))
      : `${say(data.indicator.title)} · ${data.entity?.name ?? say(all.one.whole)}`
  const shown = [series, ...others.flatMap((query) => query.data ?? [])]
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={
        added.length < COMPARED_LIMIT && (
          <>
            <div style={{ width: 220 }}>
              <EntityPicker
                value={undefined}
                onChange={add('e')}
                placeholder={say(words.addUnit)}
                aria-label={say(words.addUnit)}
              />
            </div>
            <div style={{ width: 220 }}>
              <IndicatorPicker
                value={undefined}
                onChange={add('i')}
                placeholder={say(words.addIndicator)}
                aria-label={say(words.addIndicator)}
              />
            </div>
          </>
        )
      }
    >
      <div className="stack">
        {added.length === 0 && <p className="muted">{say(words.none)}</p>}
        {added.length > 0 && (
          <div className="row">
            {added.map((one, index) => {
              const data = others[index]?.data
              const name = data ? named(data) : one.slice(2)
              return (
                <Tag key={one} closable={{ 'aria-label': say(words.remove, { name }) }} onClose={() => remove(one)}>
                  {name}
                </Tag>
              )
            })}
          </div>
        )}
        {others.map((query, index) => (query.error ? <ProblemNotice key={added[index]} error={query.error} /> : null))}
        {others.some((query) => query.isLoading) && <Waiting rows={6} />}
        {added.length > 0 && (
          <div className="columns">
            {[...Map.groupBy(shown, (one) => one.indicator.unit)].map(([unit, same], _place, charts) => (
              <div
                key={unit}
                className={charts.length > 1 ? 'half' : 'wide'}
                style={charts.length > 1 ? {} : { width: '100%' }}
              >
                <GroupChart
                  title={same.map(named).join('、')}
                  unit={unit}
                  grain={asked.grain}
                  heightPixels={charts.length > 1 ? 240 : 320}
                  groups={same.map((one) => ({ name: named(one), points: one.groups[0]?.points ?? [] }))}
                />
              </div>
            ))}
          </div>
        )}
      </div>
    </Section>
  )
}
