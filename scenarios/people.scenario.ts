/** People, roles and what they may do through the real doors: every route tried by every role, against the decision table. */
import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInTo } from '#platform/http/client'
import type { RouteMeta } from '#platform/contract'
import { apiContract } from '../apps/contract.ts'
import { roleNames } from '../modules/organisation/contract.ts'
import { permissionsOf } from '../modules/organisation/rules.ts'
import { type House, openHouse, PASSWORD } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-03-10' })
})
afterAll(() => house?.close())

test('every route with every role: allowed exactly where the decision table says so', async () => {
  let tried = 0
  for (const role of roleNames) {
    const cookie = await house.cookieOf(role)
    const may = permissionsOf([role])
    for (const [module, contract] of Object.entries(apiContract)) {
      for (const [name, procedure] of Object.entries(contract)) {
        if (!isContractProcedure(procedure)) continue
        const { method = 'POST', path = '' } = procedure['~orpc'].route
        const needed = (procedure['~orpc'].meta as RouteMeta).may ?? 'nobody'
        // An input no route takes: whoever may call it is told so, whoever may not never gets that far.
        const answer = await fetch(
          `${house.address}/api${path.replaceAll(/\{[^}]+\}/g, '00000000-0000-0000-0000-000000000000')}`,
          {
            method,
            headers: {
              cookie,
              origin: house.address,
              ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
            },
            ...(method === 'GET' ? {} : { body: '[]' }),
          },
        )
        const allowed = needed === 'anyone' || needed === 'signed-in' || (may as Set<string>).has(needed)
        expect([`${role} ${module}.${name}`, answer.status === 403]).toEqual([`${role} ${module}.${name}`, !allowed])
        tried += 1
      }
    }
  }
  expect(tried).toBeGreaterThan(600)
})

test('streams ask for rights too', async () => {
  for (const [path, type] of [
    ['/files?name=x.csv', 'text/csv'],
    ['/events.ndjson', 'application/x-ndjson'],
  ]) {
    const send = async (headers: Record<string, string>) =>
      (
        await fetch(`${house.address}/api${path}`, {
          method: 'POST',
          headers: { 'content-type': type!, ...headers },
          body: '{}',
        })
      ).status
    expect(await send({})).toBe(401)
    expect(await send({ cookie: await house.cookieOf('customer'), origin: house.address })).toBe(403)
    expect(await send({ cookie: await house.cookieOf('improvement-office'), origin: 'http://elsewhere.example' })).toBe(
      403,
    )
  }
})

test('roles are given by another officer, three duties stay apart, somebody stays administrator, a stopped person is out at once', async () => {
  const administrator = await house.as('administrator')
  const officer = await house.as('security-officer')
  const officerId = (await officer.organisation.me({})).person.id
  const administratorId = (await administrator.organisation.me({})).person.id
  await expect(officer.organisation.setRoles({ id: officerId, roles: [] })).rejects.toMatchObject({ code: 'OWN_ROLES' })
  await expect(
    officer.organisation.setRoles({ id: administratorId, roles: [{ role: 'staff' }] }),
  ).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' })
  const both = [{ role: 'administrator' as const }, { role: 'auditor' as const }]
  await expect(officer.organisation.setRoles({ id: administratorId, roles: both })).rejects.toMatchObject({
    code: 'DUTIES_CONFLICT',
  })
  await expect(administrator.organisation.setActive({ id: administratorId, active: false })).rejects.toMatchObject({
    code: 'LAST_ADMINISTRATOR',
  })

  const person = await administrator.organisation.createPerson({
    name: 'New',
    email: 'New@Scenario.example',
    password: PASSWORD,
    roles: [{ role: 'staff' }],
  })
  await expect(
    administrator.organisation.createPerson({
      name: 'New',
      email: 'new@scenario.example',
      password: PASSWORD,
      roles: [],
    }),
  ).rejects.toMatchObject({ code: 'EMAIL_TAKEN' })
  const cookie = await signInTo(house.address, 'new@scenario.example', PASSWORD)
  const me = () => fetch(`${house.address}/api/me`, { headers: { cookie } })
  expect((await me()).status).toBe(200)
  const lists = () => fetch(`${house.address}/api/plans?waitingForMe=true`, { headers: { cookie } })
  expect((await lists()).status).toBe(200)
  await officer.organisation.setRoles({ id: person.id, roles: [] })
  expect((await lists()).status).toBe(403)
  await administrator.organisation.setActive({ id: person.id, active: false })
  expect((await me()).status).toBe(401)
  await expect(
    signInTo(house.address, 'new@scenario.example', PASSWORD)
      .then((again) => fetch(`${house.address}/api/me`, { headers: { cookie: again } }))
      .then((answer) => answer.status),
  ).resolves.toBe(401)

  const auditor = await house.as('auditor')
  const told = async () => {
    const { rows } = await auditor.organisation.listAudit({ route: 'organisation.setRoles', limit: 200 })
    // Those of the test before named nobody.
    return rows.filter((row) => !row.path.includes('00000000')).map((row) => row.status)
  }
  await expect.poll(async () => (await told()).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
})
