/** What others may say to `notices`: the own inbox and preferences, teams with robots, who is on call, what became of messages. */
import { z } from 'zod'
import { event, page, pageQuery, route } from '#platform/contract'
import { channel, deliveryState, noticeDelivery } from './contract/deliveries.ts'
import { kindLine, notice, noticeKind } from './contract/notice.ts'
import { preferences } from './contract/preferences.ts'
import { noticesRefusals } from './contract/refusals.ts'
import { boardLine, overrideDraft, robot, robotDraft, rotaDraft, team, teamDraft } from './contract/teams.ts'

export * from './contract/deliveries.ts'
export * from './contract/notice.ts'
export * from './contract/preferences.ts'
export * from './contract/refusals.ts'
export * from './contract/teams.ts'

const tag = (path: `/${string}`, method: 'GET' | 'POST' | 'PUT' | 'DELETE', summary: string) =>
  route.errors(noticesRefusals).route({ path, method, summary, tags: ['notices'] })
const byId = z.object({ id: z.uuid() })

const inboxRoutes = {
  listNotices: tag('/notices', 'GET', 'The own inbox, newest first')
    .meta({ may: 'signed-in' })
    .input(pageQuery.extend({ kind: noticeKind.optional(), unread: z.coerce.boolean().optional() }))
    .output(page(notice)),
  noticeCounts: tag('/notice-counts', 'GET', 'How many notices of the own inbox are unread')
    .meta({ may: 'signed-in' })
    .output(z.object({ unread: z.number().int(), urgent: z.number().int() })),
  readNotice: tag('/notices/{id}/reading', 'POST', 'Mark one as read')
    .meta({ may: 'signed-in' })
    .input(byId)
    .output(notice),
  readAllNotices: tag('/notices/reading', 'POST', 'Mark all as read, or all of a kind')
    .meta({ may: 'signed-in' })
    .input(z.object({ kind: noticeKind.optional() }))
    .output(z.object({ read: z.number().int() })),
  listNoticeKinds: tag('/notice-kinds', 'GET', 'Kinds of notices there have been')
    .meta({ may: 'signed-in' })
    .output(z.array(kindLine)),
  readPreferences: tag('/notice-preferences', 'GET', 'How I am told')
    .meta({ may: 'signed-in' })
    .output(preferences.extend({ mailPossible: z.boolean() })),
  savePreferences: tag('/notice-preferences', 'PUT', 'Change how I am told')
    .meta({ may: 'signed-in' })
    .input(preferences)
    .output(preferences.extend({ mailPossible: z.boolean() })),
}

const teamRoutes = {
  listTeams: tag('/teams', 'GET', 'Teams with members, robots and rota')
    .meta({ may: 'teams.edit' })
    .output(z.array(team)),
  createTeam: tag('/teams', 'POST', 'Make a team').meta({ may: 'teams.edit' }).input(teamDraft).output(team),
  saveTeam: tag('/teams/{id}', 'PUT', 'Change a team')
    .meta({ may: 'teams.edit' })
    .input(teamDraft.extend({ id: z.uuid() }))
    .output(team),
  deleteTeam: tag('/teams/{id}', 'DELETE', 'End a team; its robots are told no more')
    .meta({ may: 'teams.edit' })
    .input(byId)
    .output(z.object({})),
  addRobot: tag('/teams/{id}/robots', 'POST', 'Add a group robot or a webhook; the secret of a webhook is told once')
    .meta({ may: 'teams.edit' })
    .input(robotDraft.extend({ id: z.uuid() }))
    .output(z.object({ robot, webhookSecret: z.string().nullable() })),
  saveRobot: tag('/robots/{id}', 'PUT', 'Change a robot; address and secret stay where they are left out')
    .meta({ may: 'teams.edit' })
    .input(robotDraft.extend({ id: z.uuid() }))
    .output(robot),
  deleteRobot: tag('/robots/{id}', 'DELETE', 'Take a robot away')
    .meta({ may: 'teams.edit' })
    .input(byId)
    .output(z.object({})),
  testRobot: tag('/robots/{id}/test', 'POST', 'Send a test message')
    .meta({ may: 'teams.edit' })
    .input(byId)
    .output(z.object({ delivery: z.string() })),
}

const onCallRoutes = {
  onCallBoard: tag('/on-call', 'GET', 'Who is on call now and for the next four weeks, in teams one may see')
    .meta({ may: 'signed-in' })
    .output(z.array(boardLine)),
  saveRota: tag('/teams/{id}/rota', 'PUT', 'Say who takes turns')
    .meta({ may: 'teams.edit' })
    .input(rotaDraft.extend({ id: z.uuid() }))
    .output(boardLine),
  saveOverride: tag(
    '/on-call-overrides',
    'POST',
    'Swap a turn or step in: the own turns, or any with the right to edit teams',
  )
    .meta({ may: 'signed-in' })
    .input(overrideDraft)
    .output(boardLine),
  deleteOverride: tag('/on-call-overrides/{id}', 'DELETE', 'Take a swap back')
    .meta({ may: 'signed-in' })
    .input(byId)
    .output(boardLine),
}

const deliveryRoutes = {
  listNoticeDeliveries: tag('/notice-deliveries', 'GET', 'What became of messages, newest first')
    .meta({ may: 'operations.read' })
    .input(
      pageQuery.extend({ state: deliveryState.optional(), channel: channel.optional(), robot: z.uuid().optional() }),
    )
    .output(page(noticeDelivery)),
  retryNoticeDelivery: tag('/notice-deliveries/{id}/retry', 'POST', 'Try a message again')
    .meta({ may: 'operations.act' })
    .input(byId)
    .output(noticeDelivery),
}

export const noticesContract = { ...inboxRoutes, ...teamRoutes, ...onCallRoutes, ...deliveryRoutes }

/** Somebody was told something: open screens read their inbox again. Names nobody, since every open screen hears it. */
export const noticesTold = event('notices.told', z.object({ people: z.number().int() }))
/** Something urgent waits to leave the house. */
export const noticesUrgent = event('notices.urgent', z.object({ messages: z.number().int() }))
/** Settings changed, or a message was queued again. What somebody reads concerns nobody else's screen. */
export const noticesChanged = event('notices.changed', z.object({ what: z.enum(['teams', 'on-call', 'deliveries']) }))
