/** The units directly below the chosen one, in order; a click goes one level down. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Indicator } from '#measurement/contract'
import { periodName } from '#platform/web/calendar.ts'
import { RankedBars } from '#platform/web/charts/ranked-bars.tsx'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { useSearchValues } from '#platform/web/router.tsx'
import { organisation } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { useAsked } from './scope.tsx'

const words = all.explore.breakdown
const CHILDREN_SHOWN = 100

export function BreakdownSection({ indicator, periodStart }: { indicator: Indicator; periodStart: string }) {
  const say = useSay()
  const { language } = useLanguage()
  const setValues = useSearchValues()
  const { entity, segment, grain } = useAsked()
  const chosen = useQuery({
    ...organisation.readEntity.queryOptions({ input: { key: entity ?? '' } }),
    enabled: entity !== undefined,
  })
  const whose = { ...(entity === undefined ? {} : { below: entity }), ...(segment === undefined ? {} : { segment }) }
  const input = { id: indicator.id, grain, periodStart, children: 'true' as const, limit: CHILDREN_SHOWN, ...whose }
  const query = useQuery({
    ...measurement.compareEntities.queryOptions({ input }),
    placeholderData: (before) => before,
  })
  const above = chosen.data?.ancestors.at(-1)
  return (
    <Section
      title={say(words.title)}
      lead={say(words.lead)}
      actions={
        entity !== undefined && (
          <Button onClick={() => setValues({ entity: above?.key })}>
            {say(words.up, { name: above?.name ?? say(words.top) })}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={6}>
        {(data) =>
          data.rows.length === 0 ? (
            <p className="muted">{say(words.none)}</p>
          ) : (
            <RankedBars
              title={`${say(indicator.title)} · ${periodName(data.periodStart, grain, language)}`}
              unit={indicator.unit}
              reference={data.centre}
              rows={data.rows.map((row) => ({
                ...row.point,
                key: row.entity.key,
                name: row.entity.name,
                to: `/measure/${indicator.id}?entity=${encodeURIComponent(row.entity.key)}${segment === undefined ? '' : `&segment=${segment}`}`,
              }))}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
