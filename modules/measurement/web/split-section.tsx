/** The series split by one or two attributes of the events. */
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { Indicator } from '#measurement/contract'
import { GroupChart } from '#platform/web/charts/group-chart.tsx'
import { useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../words.ts'
import { eventTypesOf } from '../rules/plan/event-types.ts'
import { measurement } from './api.ts'
import { useAsked } from './exploring/scope.tsx'

const words = all.one
const ATTRIBUTES_LIMIT = 2

export function SplitSection({ indicator }: { indicator: Indicator }) {
  const say = useSay()
  const asked = useAsked()
  const [by, setBy] = useSearchValue('by')
  const types = useQuery(measurement.eventTypes.queryOptions())
  const own = eventTypesOf(indicator.definition)
  const attributes = types.data?.find((one) => own.includes(one.type))?.attributes ?? []
  const input = { id: indicator.id, ...asked, by: by ?? '' }
  const split = useQuery({ ...measurement.readSeries.queryOptions({ input }), enabled: by !== undefined })
  if (attributes.length === 0) return null
  return (
    <Section
      title={say(words.split)}
      lead={say(words.splitLead)}
      actions={
        <Select<string[]>
          mode="multiple"
          maxCount={ATTRIBUTES_LIMIT}
          allowClear
          placeholder={say(words.splitBy)}
          aria-label={say(words.splitBy)}
          value={by === undefined ? [] : by.split(',')}
          onChange={(names) => setBy(names.length === 0 ? undefined : names.join(','))}
          options={attributes.map((name) => ({ value: name, label: name }))}
          style={{ minWidth: 240 }}
        />
      }
    >
      {by === undefined ? (
        <p className="muted">{say(words.splitNone, { example: attributes[0] })}</p>
      ) : (
        <Loaded query={split} rows={8}>
          {(data) => (
            <div className="stack">
              <GroupChart
                title={`${say(indicator.title)} · ${by}`}
                unit={indicator.unit}
                grain={asked.grain}
                groups={data.groups.map((group) => ({
                  name: Object.values(group.by)
                    .map((value) => value || say(words.none))
                    .join(' · '),
                  points: group.points,
                }))}
              />
              {data.truncated && <p className="muted small">{say(words.truncated)}</p>}
            </div>
          )}
        </Loaded>
      )}
    </Section>
  )
}
