/** What others may say to `organisation`: entities in their tree, people and roles, keys, audit, deliveries that failed. */
import { z } from 'zod'
import { event, instantText, page, pageQuery, plainDate, route } from '#platform/contract'
import {
  calendar,
  calendarDraft,
  calendarId,
  calendarLine,
  chineseHolidayYear,
  periodSettings,
} from './contract/calendars.ts'
import { signingRoutes } from './contract/signing.ts'

export { type SigningKey } from './contract/signing.ts'
export {
  type CalendarContent,
  type CalendarDraft,
  type CalendarLine,
  type CalendarOverride,
  type CalendarVersion,
  type ChineseHolidayYear,
  type OpeningCalendar,
  periodSettings,
  type PeriodSettings,
} from './contract/calendars.ts'

/** Roles of the improvement loop (ORG-2) and the three separated officers of the installation. */
export const roleNames = [
  'steering-group',
  'improvement-office',
  'department-head',
  'staff',
  'experience-officer',
  'public-supervisor',
  'assessor',
  'regulator',
  'customer',
  'administrator',
  'security-officer',
  'auditor',
] as const
export const roleName = z.enum(roleNames)
export type RoleName = z.infer<typeof roleName>

/** Everything a route may demand. `rules.ts` holds the decision table: which role may do what. */
export const permissions = [
  'entities.read',
  'entities.edit',
  'calendars.edit',
  'people.read',
  'people.edit',
  'roles.edit',
  'keys.edit',
  'audit.read',
  'operations.read',
  'operations.act',
  'measurements.read',
  'measurements.record',
  'imports.run',
  'sources.edit',
  'indicators.edit',
  'annotations.edit',
  'values.publish',
  'evaluation.read',
  'schemes.edit',
  'assessments.give',
  'assessments.read',
  'scores.publish',
  'scores.appeal',
  'appeals.decide',
  'consequences.read',
  'consequences.edit',
  'alerts.read',
  'alerts.act',
  'rules.edit',
  'plans.read',
  'plans.draft',
  'plans.review',
  'plans.approve',
  'tasks.progress',
  'verification.read',
  'verification.conclude',
  'verification.waive',
  'dashboards.edit',
  'dashboards.assign',
  'customers.read',
  'customers.edit',
  'answers.read',
  'protection.edit',
  'teams.edit',
] as const
export const permission = z.enum(permissions)
export type Permission = z.infer<typeof permission>

/** The code an organisation knows an entity by: unique in the organisation, stable, used in URLs and in events. */
export const entityKey = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\s/?#]+$/u, 'no blanks, slashes, question marks or hashes')

export const entityDraft = z.object({
  key: entityKey,
  name: z.string().trim().min(1).max(200),
  /** The level of the tree in the organisation's own words, e.g. group, hospital, department, hall, window. */
  kind: z.string().trim().min(1).max(50),
  parentKey: entityKey.nullable().default(null),
  region: z.string().trim().max(100).nullable().default(null),
  latitudeDegrees: z.number().min(-90).max(90).nullable().default(null),
  longitudeDegrees: z.number().min(-180).max(180).nullable().default(null),
  attributes: z.record(z.string().max(100), z.string().max(500)).default({}),
})
export type EntityDraft = z.infer<typeof entityDraft>

export const entity = entityDraft.extend({
  /** The number the stores know it by; stable for good. */
  number: z.number().int(),
  childCount: z.number().int(),
  /** From the root down to the parent. */
  ancestors: z.array(z.object({ key: entityKey, name: z.string() })),
})
export type Entity = z.infer<typeof entity>

export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.email(),
  active: z.boolean(),
  /** Each role with the node of the tree it holds for; null is the whole organisation. */
  roles: z.array(z.object({ role: roleName, entityKey: entityKey.nullable() })),
})
export type Person = z.infer<typeof person>

export const me = z.object({
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organisation: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
  roles: z.array(z.object({ role: roleName, entityKey: entityKey.nullable() })),
  permissions: z.array(z.string()),
  /** True in the demo installation: screens then say so. */
  demo: z.boolean(),
})

const assignment = z.object({ role: roleName, entityKey: entityKey.nullable().default(null) })
const password = z.string().min(10, 'at least 10 characters').max(128)

export const organisationRefusals = {
  SETUP_DONE: { status: 409, message: 'This installation already has an administrator. Sign in instead.' },
  SETUP_CODE_WRONG: { status: 403, message: 'The one-time code is not the one printed on the console at start.' },
  ENTITY_KEY_TAKEN: { status: 409, message: 'Another entity has this key.', data: z.object({ key: z.string() }) },
  PARENT_UNKNOWN: {
    status: 422,
    message: 'There is no entity with the key given as parent.',
    data: z.object({ key: z.string() }),
  },
  TREE_CYCLE: { status: 422, message: 'An entity cannot stand below itself.', data: z.object({ key: z.string() }) },
  EMAIL_TAKEN: {
    status: 409,
    message: 'Somebody already signs in with this address.',
    data: z.object({ email: z.string() }),
  },
  LAST_ADMINISTRATOR: { status: 409, message: 'Somebody must stay administrator. Name another one first.' },
  FILE_UNREADABLE: {
    status: 422,
    message: 'The file cannot be read as a table.',
    data: z.object({ reason: z.string(), detail: z.string() }),
  },
  OWN_ROLES: { status: 409, message: 'Nobody changes their own roles. Ask another officer.' },
  DUTIES_CONFLICT: {
    status: 409,
    message: 'Administrator, security officer and auditor must be three different people.',
    data: z.object({ roles: z.array(z.string()) }),
  },
  CALENDAR_UNKNOWN: { status: 404, message: 'There is no calendar with this id.', data: z.object({ id: z.string() }) },
  CALENDAR_EXISTS: {
    status: 409,
    message: 'There is a calendar with this id already.',
    data: z.object({ id: z.string() }),
  },
  CALENDAR_CHANGED: {
    status: 409,
    message: 'Somebody saved a version of this calendar meanwhile. Read it again.',
    data: z.object({ version: z.number().int() }),
  },
  CALENDAR_VERSION_LATER: {
    status: 409,
    message: 'A version from a later day exists: the new one may begin on that day at the earliest.',
    data: z.object({ effectiveFrom: plainDate }),
  },
  CALENDAR_WITHOUT_WORKING_TIME: { status: 422, message: 'A calendar that is never open judges nothing.' },
} as const

/** One line of an entity file that could not be taken. */
export const rowIssue = z.object({ row: z.number().int(), field: z.string(), rule: z.string(), message: z.string() })
export type RowIssue = z.infer<typeof rowIssue>

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(organisationRefusals).route({ path, method, summary, tags: ['organisation'] })

export const organisationContract = {
  ...signingRoutes,
  setupState: tag('/setup', 'GET', 'Does this installation still need its first administrator?')
    .meta({ may: 'anyone' })
    .output(z.object({ needed: z.boolean() })),
  setUp: tag(
    '/setup',
    'POST',
    'Create the organisation and its first administrator with the one-time code from the console',
  )
    .meta({ may: 'anyone' })
    .input(
      z.object({
        code: z.string().max(100),
        organisationName: z.string().trim().min(1).max(200),
        timeZone: z.string().max(100).default('Asia/Shanghai'),
        name: z.string().trim().min(1).max(100),
        email: z.email(),
        password,
      }),
    )
    .output(z.object({ organisation: z.string() })),
  me: tag('/me', 'GET', 'Who am I, and what may I do?').meta({ may: 'signed-in' }).output(me),

  listEntities: tag('/entities', 'GET', 'Entities, by parent, kind or words')
    .meta({ may: 'entities.read' })
    .input(
      pageQuery.extend({
        /** Only direct children of this entity; the word `root` asks for the roots. */
        parentKey: z.string().max(100).optional(),
        kind: z.string().max(50).optional(),
        search: z.string().trim().max(100).optional(),
      }),
    )
    .output(page(entity)),
  readEntity: tag('/entities/{key}', 'GET', 'One entity with its ancestors')
    .meta({ may: 'entities.read' })
    .input(z.object({ key: entityKey }))
    .output(entity),
  createEntity: tag('/entities', 'POST', 'Add an entity')
    .meta({ may: 'entities.edit' })
    .input(entityDraft)
    .output(entity),
  updateEntity: tag('/entities/{key}', 'PUT', 'Change an entity; its key stays')
    .meta({ may: 'entities.edit' })
    .input(entityDraft)
    .output(entity),
  importEntities: tag(
    '/entities/imports',
    'POST',
    'Take in entities from an uploaded CSV file (key, name, kind, parentKey, region, …)',
  )
    .meta({ may: 'entities.edit', transaction: 'own' })
    .input(z.object({ file: z.string().max(100), dryRun: z.boolean().default(false) }))
    .output(z.object({ created: z.number(), updated: z.number(), unchanged: z.number(), issues: z.array(rowIssue) })),
  entityKinds: tag('/entity-kinds', 'GET', 'The kinds of entity that exist, with how many of each')
    .meta({ may: 'entities.read' })
    .output(z.array(z.object({ kind: z.string(), count: z.number() }))),

  listPeople: tag('/people', 'GET', 'People of the organisation')
    .meta({ may: 'people.read' })
    .input(pageQuery.extend({ search: z.string().trim().max(100).optional() }))
    .output(page(person)),
  createPerson: tag('/people', 'POST', 'Add a person who can sign in')
    .meta({ may: 'people.edit' })
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        email: z.email(),
        password,
        roles: z.array(assignment).max(20),
      }),
    )
    .output(person),
  setRoles: tag('/people/{id}/roles', 'PUT', 'Give a person exactly these roles')
    .meta({ may: 'roles.edit' })
    .input(z.object({ id: z.string(), roles: z.array(assignment).max(20) }))
    .output(person),
  setActive: tag('/people/{id}/activity', 'PUT', 'Let a person sign in, or stop it; running sessions end')
    .meta({ may: 'people.edit' })
    .input(z.object({ id: z.string(), active: z.boolean() }))
    .output(person),
  decisionTable: tag('/roles', 'GET', 'Which role may do what')
    .meta({ may: 'signed-in' })
    .output(z.array(z.object({ role: roleName, permissions: z.array(permission) }))),

  listKeys: tag('/keys', 'GET', 'Keys of programs')
    .meta({ may: 'keys.edit' })
    .output(
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          start: z.string(),
          permissions: z.array(permission),
          createdAt: instantText,
          expiresAt: instantText.nullable(),
        }),
      ),
    ),
  createKey: tag('/keys', 'POST', 'Make a key for a program; its text is shown this once')
    .meta({ may: 'keys.edit' })
    .input(
      z.object({
        name: z.string().trim().min(1).max(100),
        permissions: z.array(permission).min(1),
        expiresInDays: z.number().int().min(1).max(3650).nullable().default(365),
      }),
    )
    .output(z.object({ id: z.string(), key: z.string() })),
  revokeKey: tag('/keys/{id}', 'DELETE', 'End a key at once')
    .meta({ may: 'keys.edit' })
    .input(z.object({ id: z.uuid() }))
    .output(z.object({})),

  listCalendars: tag('/calendars', 'GET', 'Calendars of opening hours')
    .meta({ may: 'entities.read' })
    .output(z.array(calendarLine)),
  readCalendar: tag('/calendars/{id}', 'GET', 'One calendar with all its versions')
    .meta({ may: 'entities.read' })
    .input(z.object({ id: calendarId }))
    .output(calendar),
  saveCalendar: tag('/calendars/{id}', 'PUT', 'Record a new version of a calendar, or a new calendar')
    .meta({ may: 'calendars.edit' })
    .input(calendarDraft)
    .output(calendar),
  createOfficeHours: tag('/office-hours', 'POST', 'Create the calendar "office-hours" with the known Chinese holidays')
    .meta({ may: 'calendars.edit' })
    .output(calendar),
  chineseHolidays: tag('/chinese-holidays', 'GET', 'Chinese holidays and make-up workdays of the years that are known')
    .meta({ may: 'entities.read' })
    .output(z.array(chineseHolidayYear)),
  readPeriodSettings: tag('/period-settings', 'GET', 'First day of the week, fiscal year and retail year')
    .meta({ may: 'entities.read' })
    .output(periodSettings),
  savePeriodSettings: tag('/period-settings', 'PUT', 'Change how weeks and years are cut')
    .meta({ may: 'calendars.edit' })
    .input(periodSettings)
    .output(periodSettings),

  listAudit: tag('/audit', 'GET', 'Who did what: every request that changes something')
    .meta({ may: 'audit.read' })
    .input(pageQuery.extend({ actor: z.string().max(100).optional(), route: z.string().max(100).optional() }))
    .output(
      page(
        z.object({
          id: z.string(),
          at: instantText,
          actorName: z.string(),
          actorId: z.string(),
          method: z.string(),
          path: z.string(),
          route: z.string(),
          status: z.number().int(),
          problem: z.string().nullable(),
        }),
      ),
    ),
  listDeadLetters: tag('/dead-letters', 'GET', 'News that could not be delivered after all tries')
    .meta({ may: 'operations.read' })
    .input(pageQuery)
    .output(
      page(
        z.object({
          id: z.string(),
          event: z.string(),
          listener: z.string(),
          failedAt: instantText,
          attempts: z.number().int(),
          error: z.string(),
          payload: z.unknown(),
        }),
      ),
    ),
  retryDeadLetter: tag('/dead-letters/{id}/retry', 'POST', 'Try to deliver it again')
    .meta({ may: 'operations.act' })
    .input(z.object({ id: z.string() }))
    .output(z.object({})),
  discardDeadLetter: tag('/dead-letters/{id}', 'DELETE', 'Give it up, on record')
    .meta({ may: 'operations.act' })
    .input(z.object({ id: z.string() }))
    .output(z.object({})),
}

/** Entities were added, renamed or moved; those who copy the tree read it again from `since`. */
export const entitiesChanged = event(
  'organisation.entitiesChanged',
  z.object({ numbers: z.array(z.number().int()).nullable() }),
)

/** A version of a calendar was recorded: what was measured in its opening hours from that day on may differ. */
export const calendarChanged = event('organisation.calendarChanged', z.object({ id: calendarId, fromDay: plainDate }))

/** Weeks, fiscal or retail years are cut in another way from now on, for the past as well. */
export const periodSettingsChanged = event('organisation.periodSettingsChanged', periodSettings)
