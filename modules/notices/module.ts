import { defineModule, listener } from '#platform/module'
import { listNoticeDeliveries, retryNoticeDelivery, testRobot } from './actions/deliveries.ts'
import { type DeliveryParts, deliverNotices } from './actions/deliver.ts'
import { escalateUnread, forgetOldNotices } from './actions/escalate.ts'
import {
  listNoticeKinds,
  listNotices,
  noticeCounts,
  readAllNotices,
  readNotice,
  readPreferences,
  savePreferences,
} from './actions/inbox.ts'
import { deleteOverride, onCallBoard, saveOverride, saveRota } from './actions/on-call.ts'
import { addRobot, createTeam, deleteRobot, deleteTeam, listTeams, saveRobot, saveTeam } from './actions/teams.ts'
import { noticesContract, noticesUrgent } from './contract.ts'

/** One run of the schedule goes on sending for so long while messages wait for their robot's next turn. */
const PATIENCE_MILLISECONDS = 50_000

export type NoticesParts = DeliveryParts & { readonly patienceMilliseconds?: number }

export const noticesModule = (parts: NoticesParts) => {
  const mailPossible = parts.mailer !== null
  const patience = parts.patienceMilliseconds ?? PATIENCE_MILLISECONDS
  return defineModule({
    name: 'notices',
    contract: noticesContract,
    handles: {
      listNotices,
      noticeCounts,
      readNotice,
      readAllNotices,
      listNoticeKinds,
      readPreferences: (context) => readPreferences(mailPossible, context),
      savePreferences: (context, input) => savePreferences(mailPossible, context, input),
      listTeams,
      createTeam,
      saveTeam,
      deleteTeam,
      addRobot: (context, input) => addRobot(parts, context, input),
      saveRobot: (context, input) => saveRobot(parts, context, input),
      deleteRobot,
      testRobot,
      onCallBoard,
      saveRota,
      saveOverride,
      deleteOverride,
      listNoticeDeliveries,
      retryNoticeDelivery,
    },
    listens: [
      listener(noticesUrgent, 'notices.deliver', async (context) => void (await deliverNotices(parts, context))),
    ],
    every: [
      {
        name: 'notices.deliver',
        cron: '* * * * *',
        action: async (context) => void (await deliverNotices(parts, context, patience)),
      },
      { name: 'notices.escalate', cron: '* * * * *', action: escalateUnread },
      { name: 'notices.forget', cron: '50 3 * * *', action: forgetOldNotices },
    ],
  })
}
