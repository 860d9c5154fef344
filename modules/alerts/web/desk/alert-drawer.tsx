/** One alert beside the list: everything can be done without leaving it. */
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { Go } from '#platform/web/router.tsx'
import { words } from '../../words.ts'
import { alerts } from '../api.ts'
import { AlertActions } from '../one/alert-actions.tsx'
import { AlertFacts, History, Members, Similar, WhySection } from '../one/alert-body.tsx'
import { AlertChart } from '../one/alert-chart.tsx'
import { Duties } from '../one/duties.tsx'
import { Responses } from '../response/responses.tsx'
import { subjectOf } from '../telling/why.ts'

const WIDTH_PIXELS = 620
const CHART_HEIGHT_PIXELS = 240

export function AlertDrawer({ id, leave }: { id: string | undefined; leave: () => void }) {
  const say = useSay()
  const query = useQuery({ ...alerts.readAlert.queryOptions({ input: { id: id ?? '' } }), enabled: id !== undefined })
  const alert = query.data
  return (
    <Drawer
      open={id !== undefined}
      onClose={leave}
      size={WIDTH_PIXELS}
      mask={false}
      keyboard
      title={
        alert
          ? say(words.page.title, { entity: alert.entity.name, indicator: say(subjectOf(alert)) })
          : say(words.title)
      }
      extra={id !== undefined && <Go to={`/alerts/${id}`}>{say(words.page.openPage)}</Go>}
      footer={alert && <AlertActions alert={alert} />}
      className="alert-drawer"
    >
      {id !== undefined && (
        <Loaded query={query} rows={8}>
          {(one) => (
            <>
              <WhySection alert={one} />
              <Duties alert={one} />
              <Responses alert={one} />
              <AlertChart alert={one} heightPixels={CHART_HEIGHT_PIXELS} />
              <Members alert={one} />
              <Similar alert={one} />
              <AlertFacts alert={one} />
              <History alert={one} />
            </>
          )}
        </Loaded>
      )}
    </Drawer>
  )
}
