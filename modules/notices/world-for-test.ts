/** A world with an organisation, people, teams and fakes of everything notices go out to. */
import type { Context } from '#platform/context'
import { createSealer } from '#platform/sealing'
import { ORGANISATION, openTestWorld, testPerson, type TestWorld } from '#platform/testing/world'
import { type DeliveryParts, deliverNotices } from './actions/deliver.ts'
import { createMailer } from './channels/mail.ts'
import { type FakeMail, fakeMail, type FakeRobots, fakeRobots } from './channels/fake-robots-for-test.ts'
import { preferences } from './contract.ts'
import { noticesModule } from './module.ts'

export const words = {
  name: { zh: '预警', en: 'Alerts' },
  title: { zh: '投诉预警：{unit}', en: 'Complaints: {unit}' },
  body: { zh: '{count} 件', en: '{count} {count|case|cases}' },
}

export interface NoticesWorld {
  readonly world: TestWorld
  readonly robots: FakeRobots
  readonly mail: FakeMail
  readonly parts: DeliveryParts
  readonly run: <T>(work: (context: Context) => Promise<T>) => Promise<T>
  readonly as: (
    id: string,
    permissions?: readonly string[],
  ) => { readonly run: <T>(work: (context: Context) => Promise<T>) => Promise<T> }
  readonly deliver: () => Promise<number>
  readonly close: () => Promise<void>
}

export const people = ['ann', 'bo', 'cai', 'dai'] as const

export async function openNoticesWorld(): Promise<NoticesWorld> {
  const robotsClock: { world?: TestWorld } = {}
  const robots = await fakeRobots(() => robotsClock.world!.clock.now())
  const mail = await fakeMail()
  const parts: DeliveryParts = {
    sealer: createSealer('a secret of tests'),
    privateAllowed: true,
    mailer: createMailer({ url: mail.url, from: 'bihuan@example.com' }),
    address: 'https://bihuan.example',
    answerMilliseconds: 300,
  }
  const world = await openTestWorld({ modules: [noticesModule({ ...parts, patienceMilliseconds: 0 })] })
  robotsClock.world = world
  const { ownerPool } = world.records
  const now = world.clock.now().toString()
  await ownerPool.query(
    `insert into organisation.organisation (id, name, time_zone, created_at) values ($1, 'Test', 'Asia/Shanghai', $2)`,
    [ORGANISATION, now],
  )
  for (const id of people)
    await ownerPool.query(
      `insert into organisation.person (organisation_id, id, name, email, created_at) values ($1, $2, upper($2), $2 || '@example.com', $3)`,
      [ORGANISATION, id, now],
    )
  for (const [id, entity] of [
    ['ann', 0],
    ['bo', 2],
    ['cai', 3],
  ] as const)
    await ownerPool.query(
      `insert into organisation.role_assignment (organisation_id, person_id, role, entity) values ($1, $2, 'department-head', $3)`,
      [ORGANISATION, id, entity],
    )
  const as = (id: string, permissions: readonly string[] = []) => world.as(testPerson(id, permissions))
  const { run } = as('office', ['teams.edit', 'operations.read', 'operations.act', 'alerts.read'])
  return {
    world,
    robots,
    mail,
    parts,
    run,
    as,
    deliver: () =>
      world.platform.apart(world.platform.systemActor, ORGANISATION, (context) => deliverNotices(parts, context)),
    close: async () => {
      await world.close()
      await robots.close()
      await mail.close()
    },
  }
}

export const teamOf = (name: string, members: readonly string[], part: object = {}) => ({
  name,
  members: [...members],
  preferences: preferences.parse({ ways: { urgent: 'at-once', normal: 'at-once', low: 'off' }, ...part }),
})
