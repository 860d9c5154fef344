import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { permissions } from '#organisation/contract'
import type { RouteMeta } from '#platform/contract'
import { apiContract } from './contract.ts'

const routes = Object.entries(apiContract).flatMap(([module, contract]) =>
  Object.entries(contract).flatMap(([name, procedure]) =>
    isContractProcedure(procedure) ? [{ name: `${module}.${name}`, definition: procedure['~orpc'] }] : [],
  ),
)

test('every route says who may call it, in words of the decision table', () => {
  const known = new Set<string>(['anyone', 'signed-in', ...permissions])
  expect(
    routes
      .filter((route) => !known.has((route.definition.meta as RouteMeta).may ?? 'nobody'))
      .map((route) => route.name),
  ).toEqual([])
})

test('only setting up, and what an organisation has made public by its own decision, is open to anyone', () => {
  const open = routes.filter((route) => (route.definition.meta as RouteMeta).may === 'anyone')
  const named = open.map((route) => route.name)
  expect(named.toSorted()).toEqual([
    'alerts.acknowledgeSharing',
    'evaluation.checkSign',
    'evaluation.listLeagueRows',
    'evaluation.listLeagueTables',
    'evaluation.readLeagueTable',
    'organisation.listSigningKeys',
    'organisation.setUp',
    'organisation.setupState',
  ])
  // Who acknowledges a shared alert shows the token that came with it.
  const byToken = new Set(['alerts.acknowledgeSharing'])
  // Public ones read only, and only of the organisation their address names.
  for (const { name, definition } of open.filter(
    (route) => !route.name.startsWith('organisation.set') && !byToken.has(route.name),
  ))
    expect([name, definition.route.method, (definition.meta as RouteMeta).organisation]).toEqual([
      name,
      'GET',
      'organisation',
    ])
})

test('no two routes share an address', () => {
  const addresses = routes.map(
    (route) => `${route.definition.route.method} ${(route.definition.route.path ?? '').replaceAll(/\{[^}]+\}/g, '{}')}`,
  )
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
})

test('every permission opens something', () => {
  const used = new Set(routes.map((route) => (route.definition.meta as RouteMeta).may))
  expect(permissions.filter((permission) => !used.has(permission))).toEqual([])
})
