import type { Attachments } from '#platform/attachments/attachments'
import type { Files } from '#platform/files/files'
import type { Platform } from '#platform/run'
import type { Signer } from '#platform/signing/signer'
import { defineModule } from '#platform/module'
import {
  createOfficeHours,
  listCalendars,
  readCalendar,
  readChineseHolidays,
  readPeriodSettings,
  saveCalendar,
  savePeriodSettings,
} from './actions/calendars.ts'
import { createEntity, entityKinds, listEntities, readEntity, updateEntity } from './actions/entities.ts'
import { importEntities } from './actions/import-entities.ts'
import {
  createKey,
  createPerson,
  listAudit,
  listKeys,
  listPeople,
  readDecisionTable,
  readMe,
  revokeKey,
  setActive,
  setRoles,
} from './actions/people.ts'
import { isSetUp, setUp } from './actions/set-up.ts'
import { listSigningKeys, rotateSigningKey } from './actions/signing.ts'
import { organisationContract } from './contract.ts'
import type { SignIn } from './sign-in.ts'

export interface OrganisationParts {
  readonly signIn: SignIn
  readonly files: Files
  readonly signer: Signer
  readonly attachments: Attachments
  /** The one-time code printed at start while nobody has set the installation up; null when it is. */
  readonly setUpCode: () => string | null
  readonly deadLetters: Pick<Platform, 'deadLetters' | 'retryDeadLetter' | 'discardDeadLetter'>
}

export const organisationModule = ({ signIn, files, signer, attachments, setUpCode, deadLetters }: OrganisationParts) =>
  defineModule({
    name: 'organisation',
    contract: organisationContract,
    handles: {
      setupState: async () => ({ needed: !(await isSetUp(signIn)) }),
      setUp: (context, input) => setUp(signIn, setUpCode(), context, input),
      me: readMe,
      listEntities,
      readEntity,
      createEntity,
      updateEntity,
      importEntities: (context, input) => importEntities(files, context, input),
      entityKinds,
      listPeople,
      createPerson: (context, input) => createPerson(signIn, context, input),
      setRoles: (context, input) => setRoles(signIn, context, input),
      setActive: (context, input) => setActive(signIn, context, input),
      decisionTable: readDecisionTable,
      listSigningKeys: (context) => listSigningKeys(signer, context),
      rotateSigningKey: (context) => rotateSigningKey(signer, context),
      listKeys,
      createKey: (context, input) => createKey(signIn, context, input),
      revokeKey: (context, input) => revokeKey(signIn, context, input),
      listCalendars,
      readCalendar,
      saveCalendar,
      createOfficeHours,
      chineseHolidays: readChineseHolidays,
      readPeriodSettings,
      savePeriodSettings,
      listAudit,
      listDeadLetters: async (context, input) => {
        const page = await deadLetters.deadLetters(context.organisation, input)
        const rows = page.rows.map((row) => ({ ...row, failedAt: row.diedAt.toString(), attempts: row.tries }))
        return { rows, nextCursor: page.nextCursor }
      },
      retryDeadLetter: async (context, input) => {
        await deadLetters.retryDeadLetter(context.organisation, input.id)
        return {}
      },
      discardDeadLetter: async (context, input) => {
        await deadLetters.discardDeadLetter(context.organisation, input.id)
        return {}
      },
    },
    streams: [attachments.stream],
    every: [{ name: 'organisation.tidyAttachments', cron: '17 4 * * *', action: attachments.forgetUnused }],
  })
