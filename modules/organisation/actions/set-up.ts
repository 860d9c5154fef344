/** The first minutes of an installation: the organisation and its first administrator, against the one-time code of the console. */
import { timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Context } from '#platform/context'
import { invalid, refuse } from '#platform/refusal'
import { organisationRefusals } from '../contract.ts'
import { type SignIn, sha256 } from '../sign-in.ts'
import { organisation, person, roleAssignment } from '../tables.ts'

export interface SetUp {
  readonly code: string
  readonly organisationName: string
  readonly timeZone: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Two starters at once must not both win: the lock's number is any constant nobody else uses. */
const SET_UP_LOCK = 7_700_001

export async function isSetUp(signIn: SignIn): Promise<boolean> {
  const rows = await signIn.owner.select({ id: organisation.id }).from(organisation).limit(1)
  return rows.length > 0
}

/** Makes the organisation; the caller has checked the right to. Roles: until others are named, the first person administers and secures. */
export async function foundOrganisation(
  signIn: SignIn,
  context: Pick<Context, 'newId' | 'now'>,
  input: Omit<SetUp, 'code'> & { demo: boolean; roles: readonly string[]; once: boolean },
): Promise<{ organisation: string; person: string }> {
  return signIn.owner.transaction(async (records) => {
    await records.execute(sql`select pg_advisory_xact_lock(${SET_UP_LOCK})`)
    const existing = await records.select({ id: organisation.id }).from(organisation).limit(1)
    if (input.once && existing.length > 0) refuse(organisationRefusals, 'SETUP_DONE')
    const id = context.newId()
    const user = await signIn.createUser(input)
    if (user === null) return refuse(organisationRefusals, 'EMAIL_TAKEN', { email: input.email })
    await records
      .insert(organisation)
      .values({ id, name: input.organisationName, timeZone: input.timeZone, demo: input.demo, createdAt: context.now })
    await records.insert(person).values({
      organisationId: id,
      id: user,
      name: input.name,
      email: input.email.toLowerCase(),
      createdAt: context.now,
    })
    await records
      .insert(roleAssignment)
      .values(input.roles.map((role) => ({ organisationId: id, personId: user, role })))
    return { organisation: id, person: user }
  })
}

export async function setUp(
  signIn: SignIn,
  setUpCode: string | null,
  context: Context,
  input: SetUp,
): Promise<{ organisation: string }> {
  if (setUpCode === null || (await isSetUp(signIn))) refuse(organisationRefusals, 'SETUP_DONE')
  const [given, right] = [sha256(input.code.trim().toUpperCase()), sha256(setUpCode)].map((hash) =>
    Buffer.from(hash, 'hex'),
  )
  if (!timingSafeEqual(given!, right!)) refuse(organisationRefusals, 'SETUP_CODE_WRONG')
  if (!isTimeZone(input.timeZone))
    invalid('timeZone', 'unknown', `${input.timeZone} is not a time zone of the IANA list, e.g. Asia/Shanghai.`)
  const made = await foundOrganisation(signIn, context, {
    ...input,
    demo: false,
    roles: ['administrator', 'security-officer', 'improvement-office'],
    once: true,
  })
  return { organisation: made.organisation }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
