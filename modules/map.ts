/**
 * Read this first: every module, what it does in one sentence, and whose doors (`contract`, `actions`) it may use.
 * Roof first, ground last: `uses` may only name lines below, so a cycle cannot be declared. News travels up by events.
 */
export interface ModuleLine {
  readonly name: string
  readonly does: string
  readonly uses: readonly string[]
}

export const moduleMap: readonly ModuleLine[] = [
  {
    name: 'reports',
    does: 'composes what the loop says into dashboards and wall screens',
    uses: ['verification', 'plans', 'alerts', 'evaluation', 'measurement', 'organisation'],
  },
  {
    name: 'verification',
    does: 'freezes the design of a proof when a plan is approved and concludes with effect, interval and verdict',
    uses: ['plans', 'measurement', 'organisation'],
  },
  {
    name: 'plans',
    does: 'carries an improvement from draft over review and approval to its end, with goal, measures and tasks',
    uses: ['alerts', 'measurement', 'organisation'],
  },
  {
    name: 'alerts',
    does: 'decides by rule when a value needs somebody, in which colour, with which duties and deadline',
    uses: ['measurement', 'notices', 'organisation'],
  },
  {
    name: 'evaluation',
    does: 'turns indicators into points, a composite score and a ranking that shows its certainty, and publishes it',
    uses: ['measurement', 'organisation'],
  },
  {
    name: 'measurement',
    does: 'takes in events, holds the definitions of indicators and answers with their series',
    uses: ['organisation'],
  },
  {
    name: 'notices',
    does: 'tells people and teams what concerns them, by inbox, mail, group robot or webhook, and knows who is on call',
    uses: ['organisation'],
  },
  {
    name: 'organisation',
    does: 'knows who takes part: entities in their tree, people, roles, keys, and what each may do',
    uses: [],
  },
]
