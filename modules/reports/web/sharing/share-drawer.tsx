/** Who else may see a dashboard. */
import { Button, Drawer, Radio, Select } from 'antd'
import { useState } from 'react'
import { type RoleName, roleNames } from '#organisation/contract'
import type { DashboardSummary, Sharing } from '#reports/contract'
import { useAct } from '#platform/web/act.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { ProblemNotice } from '#platform/web/page/states.tsx'
import { words as all } from '../../words.ts'
import { reports } from '../api.ts'
import { useRoleTitle } from './role-title.ts'

const words = all.sharing

export function ShareDrawer({ dashboard, onClose }: { dashboard: DashboardSummary; onClose: () => void }) {
  const say = useSay()
  const roleTitle = useRoleTitle()
  const [kind, setKind] = useState<Sharing['with']>(dashboard.sharing.with)
  const [roles, setRoles] = useState<RoleName[]>(dashboard.sharing.with === 'roles' ? dashboard.sharing.roles : [])
  const share = useAct((sharing: Sharing) => reports.shareDashboard.call({ id: dashboard.id, sharing }), {
    done: words.done,
    refresh: ['reports'],
    quiet: true,
    onDone: onClose,
  })
  const sharing: Sharing = kind === 'roles' ? { with: 'roles', roles } : { with: kind }
  return (
    <Drawer
      open
      onClose={onClose}
      title={say(words.title, { title: say(dashboard.title) })}
      size={420}
      footer={
        <div className="row">
          <Button
            type="primary"
            loading={share.busy}
            disabled={kind === 'roles' && roles.length === 0}
            onClick={() => share.run(sharing)}
          >
            {say(floorWords.act.save)}
          </Button>
          <Button onClick={onClose}>{say(floorWords.act.cancel)}</Button>
        </div>
      }
    >
      <div className="stack">
        <p className="muted">{say(words.lead)}</p>
        <Radio.Group
          value={kind}
          onChange={(event) => setKind(event.target.value as Sharing['with'])}
          style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
          options={[
            { value: 'nobody', label: say(words.nobody) },
            { value: 'everyone', label: say(words.everyone) },
            { value: 'roles', label: say(words.roles) },
          ]}
        />
        {kind === 'roles' && (
          <Select<RoleName[]>
            mode="multiple"
            aria-label={say(words.choose)}
            placeholder={say(words.choose)}
            value={roles}
            onChange={setRoles}
            options={roleNames.map((role) => ({ value: role, label: roleTitle(role) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
        <ProblemNotice error={share.error} />
      </div>
    </Drawer>
  )
}
