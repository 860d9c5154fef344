/** The audit trail: one entry for every request that changes something, whether it succeeded or not. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { auditEntry } from '../records/tables.ts'
import { NO_ORGANISATION } from './router.ts'
import type { HttpOptions } from './server.ts'

/** Longest path kept; what a caller sends must not fill the trail. */
const PATH_LENGTH_LIMIT = 500

export async function writeAudit(options: HttpOptions, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const caller = request.caller ?? null
  const path = (request.url.split('?')[0] ?? '').slice(0, PATH_LENGTH_LIMIT)
  const organisation = caller?.organisation ?? NO_ORGANISATION
  const actor = caller?.actor ?? { kind: 'anyone', id: 'anyone', name: 'anyone' }
  const told = request.told
  try {
    await options.platform.run(options.platform.systemActor, organisation, async (context) => {
      await context.records.insert(auditEntry).values({
        id: context.newId(),
        organisationId: organisation,
        at: context.now,
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        method: request.method,
        path,
        routeName: told?.route ?? '',
        outcome: reply.statusCode < 400 ? 'done' : 'refused',
        problemCode: told?.problem ?? null,
        object: told?.object ?? null,
        status: reply.statusCode,
        durationMilliseconds: Math.round(reply.elapsedTime),
        requestId: request.id,
      })
    })
  } catch (error) {
    options.log.error({ err: error, requestId: request.id }, 'the audit entry could not be written')
  }
}
