import { entitiesChanged } from '#organisation/contract'
import type { Files } from '#platform/files/files'
import { defineModule, listener } from '#platform/module'
import { eventTypes, listEvents } from './actions/browse-events.ts'
import { settleHalves } from './actions/check-at-start.ts'
import { previewFile } from './actions/files.ts'
import {
  importAsked,
  importIssues,
  listImports,
  listMappings,
  readImport,
  resumeImport,
  saveMapping,
  startImport,
  stopImport,
} from './actions/imports.ts'
import { compareEntities } from './actions/compare.ts'
import {
  checkIndicator,
  indicatorVersions,
  listIndicators,
  readIndicator,
  retireIndicator,
  saveIndicator,
} from './actions/indicators.ts'
import { copyPlaces } from './actions/places.ts'
import { recordEvents } from './actions/record-events.ts'
import { previewIndicator, readSeries } from './actions/series.ts'
import { eventsWaiting, tellWaiting } from './recording/tell-events.ts'
import { measurementContract } from './contract.ts'
import { createImportRunner, type ImportRunner } from './imports/runner.ts'
import { measurementStreams } from './streams.ts'

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
      indicatorVersions,
      checkIndicator,
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
    streams: measurementStreams(files),
  })
