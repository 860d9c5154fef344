/** One alert: why it was raised, how the indicator went, what must be done by when, what was done. */
import { useQuery } from '@tanstack/react-query'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame } from '#platform/web/page/page-frame.tsx'
import { usePhone } from '#platform/web/page/phone.ts'
import { Loaded, Waiting } from '#platform/web/page/states.tsx'
import { useParam } from '#platform/web/router.tsx'
import { words } from '../words.ts'
import './alerts.css'
import { alerts } from './api.ts'
import { AlertActions } from './one/alert-actions.tsx'
import { AlertFacts, History, Members, Similar, WhySection } from './one/alert-body.tsx'
import { AlertChart } from './one/alert-chart.tsx'
import { Duties } from './one/duties.tsx'
import { Readings } from './one/readings.tsx'
import { Responses } from './response/responses.tsx'
import { subjectOf } from './telling/why.ts'

export function AlertPage() {
  const say = useSay()
  const phone = usePhone()
  const id = useParam('id')
  const query = useQuery(alerts.readAlert.queryOptions({ input: { id } }))
  const alert = query.data
  const title = alert
    ? say(words.page.title, { entity: alert.entity.name, indicator: say(subjectOf(alert)) })
    : say(words.title)
  return (
    <PageFrame
      title={title}
      crumbs={[{ title: say(words.title), to: '/alerts' }]}
      may="alerts.read"
      actions={alert && <AlertActions alert={alert} size={phone ? 'large' : 'middle'} />}
    >
      <Loaded query={query} waiting={<Waiting rows={10} />}>
        {(one) => (
          <>
            <WhySection alert={one} />
            <div className="columns">
              <div className="wide">
                {phone && <Duties alert={one} />}
                <Responses alert={one} />
                <AlertChart alert={one} />
                <Members alert={one} />
                <Similar alert={one} />
                <Readings alert={one} />
              </div>
              <div className="narrow">
                {!phone && <Duties alert={one} />}
                <AlertFacts alert={one} />
                <History alert={one} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}
