/** The routes that read their body as a stream: files, events line by line, and messages whose signature covers every byte. */
import type { Files } from '#platform/files/files'
import type { StreamRoute } from '#platform/module'
import type { Sealer } from '#platform/sealing'
import { FILE_LIMIT_BYTES, receiveFile } from './actions/intake/files.ts'
import { recordLines, STREAM_LIMIT_BYTES } from './actions/intake/record-lines.ts'
import { HOOK_LIMIT_BYTES, organisationOfHook, receiveMessage } from './sources/hooks.ts'

export const measurementStreams = (files: Files, sealer: Sealer): readonly StreamRoute[] => [
  {
    method: 'POST',
    path: '/files',
    may: 'imports.run',
    summary: 'Upload a file; the answer names it for previews and imports',
    accepts: ['application/octet-stream', 'text/csv'],
    sizeLimitBytes: FILE_LIMIT_BYTES,
    query: { name: 'What the file is called' },
    action: (context, body, query) => receiveFile(files, context, body, query),
  },
  {
    method: 'POST',
    path: '/events.ndjson',
    may: 'measurements.record',
    summary: 'Record events, one JSON object on each line; good lines are stored, bad ones told',
    accepts: ['application/x-ndjson'],
    sizeLimitBytes: STREAM_LIMIT_BYTES,
    query: {},
    action: recordLines,
  },
  {
    method: 'POST',
    path: '/hooks/{source}',
    // Whoever holds the secret may: the signature is judged before anything else.
    may: 'anyone',
    summary:
      'Deliver a signed message of a webhook source: webhook-id, webhook-timestamp and webhook-signature in the head',
    accepts: ['application/json', 'application/x-ndjson'],
    sizeLimitBytes: HOOK_LIMIT_BYTES,
    query: {},
    organisationOf: organisationOfHook,
    action: (context, body, _query, request) => receiveMessage(sealer, context, body, request),
  },
]
