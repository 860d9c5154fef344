/** The two routes that read their body as a stream: files, and events line by line. */
import type { Files } from '#platform/files/files'
import type { StreamRoute } from '#platform/module'
import { FILE_LIMIT_BYTES, receiveFile } from './actions/files.ts'
import { recordLines, STREAM_LIMIT_BYTES } from './actions/record-lines.ts'

export const measurementStreams = (files: Files): readonly StreamRoute[] => [
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
]
