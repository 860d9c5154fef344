import { entitiesChanged } from '#organisation/contract'
import type { Files } from '#platform/files/files'
import { defineModule, listener } from '#platform/module'
import { eventTypes, listEvents } from './actions/browse-events.ts'
import { settleHalves } from './actions/check-at-start.ts'
import { FILE_LIMIT_BYTES, previewFile, receiveFile } from './actions/files.ts'
import {
  importIssues,
  listImports,
  listMappings,
  readImport,
  resumeImport,
  saveMapping,
  startImport,
  stopImport,
} from './actions/imports.ts'
import { listIndicators, readIndicator, retireIndicator, saveIndicator } from './actions/indicators.ts'
import { copyPlaces } from './actions/places.ts'
import { recordEvents } from './actions/record-events.ts'
import { recordLines, STREAM_LIMIT_BYTES } from './actions/record-lines.ts'
import { compareEntities, previewIndicator, readSeries } from './actions/series.ts'
import { tellWaiting } from './recording/tell-events.ts'
import { eventsWaiting, importAsked, measurementContract } from './contract.ts'
import { createImportRunner, type ImportRunner } from './imports/runner.ts'

export { checkAtStart } from './actions/check-at-start.ts'

export interface MeasurementParts {
  readonly files: Files
  /** Given by tests and benchmarks that wait for imports to end. */
  readonly runner?: ImportRunner
}

export const measurementModule = ({ files, runner = createImportRunner(files) }: MeasurementParts) =>
  defineModule({
    name: 'measurement',
    contract: measurementContract,
    handles: {
      recordEvents,
      listEvents,
      eventTypes,
      previewFile: (context, input) => previewFile(files, context, input),
      listMappings,
      saveMapping,
      startImport: (context, input) => startImport(files, context, input),
      listImports,
      readImport,
      importIssues,
      stopImport,
      resumeImport,
      listIndicators,
      readIndicator,
      saveIndicator,
      previewIndicator,
      retireIndicator,
      readSeries,
      compareEntities,
    },
    listens: [
      listener(entitiesChanged, 'measurement.copyPlaces', copyPlaces),
      listener(eventsWaiting, 'measurement.tellWaiting', tellWaiting),
      listener(importAsked, 'measurement.runImport', async (context, { id }) => runner.start(context, id)),
    ],
    every: [
      { name: 'measurement.resumeImports', cron: '* * * * *', action: runner.resume },
      { name: 'measurement.settleHalves', cron: '23 4 * * *', action: settleHalves },
    ],
    streams: [
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
    ],
  })
