import { useQuery } from '@tanstack/react-query'
import { permissions, type RoleName, roleNames } from '#organisation/contract'
import { useSay } from '#platform/web/language.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { organisation, useMe } from '#platform/web/session.ts'
import { permissionWords, words as all } from '../words.ts'

const words = all.roles

export function RolesPage() {
  const say = useSay()
  const me = useMe()
  const table = useQuery(organisation.decisionTable.queryOptions())
  const mine = new Set(me?.roles.map((held) => held.role))
  return (
    <PageFrame title={say(words.title)} lead={say(words.lead)}>
      <Section>
        <Loaded query={table} rows={12}>
          {(rows) => {
            const granted = new Map<RoleName, ReadonlySet<string>>(
              rows.map((row) => [row.role, new Set<string>(row.permissions)]),
            )
            const shown = roleNames.filter((role) => granted.has(role))
            return (
              <div className="table-window" tabIndex={0} role="region" aria-label={say(words.title)}>
                <table className="plain-table narrow-cells">
                  <thead>
                    <tr>
                      <th scope="col">{say(words.permission)}</th>
                      {shown.map((role) => (
                        <th key={role} scope="col" style={{ textAlign: 'center' }}>
                          {say(roleWords[role])}
                          {mine.has(role) && <div className="small">{say(words.mine)}</div>}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {permissions.map((permission) => (
                      <tr key={permission}>
                        <th scope="row">{say(permissionWords[permission])}</th>
                        {shown.map((role) => (
                          <Cell key={role} allowed={granted.get(role)?.has(permission) ?? false} />
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }}
        </Loaded>
      </Section>
    </PageFrame>
  )
}

function Cell({ allowed }: { allowed: boolean }) {
  const say = useSay()
  return (
    <td style={{ textAlign: 'center' }}>
      <span aria-hidden="true">{allowed ? '✓' : ''}</span>
      <span className="only-read">{say(allowed ? words.yes : words.no)}</span>
    </td>
  )
}
