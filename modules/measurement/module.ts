import { calendarChanged, entitiesChanged } from '#organisation/contract'
import { defineModule, listener } from '#platform/module'
import { eventTypes, listAnswers, listEvents } from './actions/intake/browse-events.ts'
import { readProtection, saveProtection } from './actions/protection.ts'
import { readFolding } from './actions/folding.ts'
import { readValues } from './actions/values.ts'
import { settleHalves } from './actions/intake/check-at-start.ts'
import { previewFile } from './actions/intake/files.ts'
import {
  importAsked,
  importIssues,
  listImports,
  listMappings,
  readImport,
  resumeImport,
  saveMapping,
  sourceRow,
  startImport,
  stopImport,
} from './actions/intake/imports.ts'
import { customerForecast, customerLikelihoods } from './actions/customers/forecast.ts'
import { customerSegments, exportCustomers, listCustomers } from './actions/customers/list.ts'
import { customerEvents, readCustomer } from './actions/customers/one.ts'
import { customerAttributes, readCustomerSetting, saveCustomerSetting } from './actions/customers/setting.ts'
import { listAnnotations, removeAnnotation, saveAnnotation } from './actions/annotations.ts'
import { compareEntities } from './actions/compare.ts'
import {
  checkIndicator,
  indicatorVersions,
  listIndicators,
  readIndicator,
  retireIndicator,
  saveIndicator,
} from './actions/indicators.ts'
import { installLibrary } from './actions/library/install-library.ts'
import { readLibrary } from './actions/library/read-library.ts'
import { planIndicatorChange } from './defining/changes.ts'
import { exportIndicators, importIndicators, planIndicators } from './defining/files.ts'
import { copyPlaces } from './actions/intake/places.ts'
import { recordEvents } from './actions/intake/record-events.ts'
import { previewIndicator, readSeries } from './actions/telling/read-series.ts'
import {
  createSource,
  deleteSource,
  listSources,
  readSource,
  rotateSecret,
  runIssues,
  saveSource,
  silentSources,
  sourceRuns,
  switchSource,
  trySource,
} from './actions/intake/sources.ts'
import { readBaselines } from './exploring/baselines.ts'
import { readDistribution } from './exploring/distribution.ts'
import { exportComparison, exportEvents, exportSeries } from './exploring/exports.ts'
import { importIndustryFigures, listIndustryFigures, saveIndustryFigure } from './exploring/industry-figures.ts'
import { listPins, pinIndicator, unpinIndicator } from './exploring/pins.ts'
import { listPublications, publicationChanges, publishPeriod, readPublished } from './exploring/publications.ts'
import { reviseForCalendar, reviseForDefinition, reviseForEvents } from './exploring/revise.ts'
import { archiveSegment, listSegments, saveSegment, segmentVersions } from './exploring/segments.ts'
import { listTargets, saveTarget, withdrawTarget } from './exploring/targets.ts'
import { foldDue } from './folding/fold-due.ts'
import { eventsWaiting, tellWaiting } from './recording/tell-events.ts'
import { indicatorChanged, measurementContract, measurementRecorded, sourceChanged } from './contract.ts'
import { createImportRunner, type ImportRunner } from './imports/runner.ts'
import { createSourceRunner, type SourceParts, type SourceRunner } from './sources/runner.ts'
import { tidySources, watchSources } from './sources/silence.ts'
import { dropOldRecent } from './store/intake/recent-events.ts'
import { measurementStreams } from './streams.ts'

export { checkAtStart } from './actions/intake/check-at-start.ts'

export interface MeasurementParts extends SourceParts {
  /** Given by tests and benchmarks that wait for imports to end. */
  readonly runner?: ImportRunner
  readonly sourceRunner?: SourceRunner
}

const definitionHandles = {
  listIndicators,
  readIndicator,
  indicatorVersions,
  checkIndicator,
  saveIndicator,
  previewIndicator,
  retireIndicator,
  exportIndicators,
  planIndicators,
  importIndicators,
  planIndicatorChange,
  readLibrary,
  installLibrary,
}
const valueHandles = {
  readSeries,
  readValues,
  readFolding,
  compareEntities,
  readDistribution,
  exportSeries,
  exportComparison,
  exportEvents,
  readProtection,
  saveProtection,
  listAnswers,
}
const exploringHandles = {
  listSegments,
  segmentVersions,
  saveSegment,
  archiveSegment,
  listTargets,
  saveTarget,
  withdrawTarget,
  readBaselines,
  listIndustryFigures,
  saveIndustryFigure,
  importIndustryFigures,
  listAnnotations,
  saveAnnotation,
  removeAnnotation,
  publishPeriod,
  listPublications,
  readPublished,
  publicationChanges,
  listPins,
  pinIndicator,
  unpinIndicator,
}
const customerHandles = {
  readCustomerSetting,
  saveCustomerSetting,
  customerAttributes,
  listCustomers,
  exportCustomers,
  customerSegments,
  readCustomer,
  customerEvents,
  customerLikelihoods,
  customerForecast,
}

export const measurementModule = (parts: MeasurementParts) => {
  const { files, runner = createImportRunner(files), sourceRunner = createSourceRunner(parts) } = parts
  return defineModule({
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
      sourceRow: (context, input) => sourceRow(files, context, input),
      stopImport,
      resumeImport,
      listSources: (context) => listSources(parts, context),
      silentSources,
      readSource,
      createSource: (context, input) => createSource(parts, context, input),
      saveSource: (context, input) => saveSource(parts, context, input),
      switchSource,
      trySource,
      rotateSecret: (context, input) => rotateSecret(parts, context, input),
      deleteSource,
      sourceRuns,
      runIssues,
      ...definitionHandles,
      ...valueHandles,
      ...exploringHandles,
      ...customerHandles,
    },
    listens: [
      listener(entitiesChanged, 'measurement.copyPlaces', copyPlaces),
      listener(eventsWaiting, 'measurement.tellWaiting', tellWaiting),
      listener(importAsked, 'measurement.runImport', async (context, { id }) => runner.start(context, id)),
      // One that was asked to run is due already.
      listener(sourceChanged, 'measurement.runSource', (context) => sourceRunner.resume(context)),
      listener(measurementRecorded, 'measurement.reviseForEvents', reviseForEvents),
      listener(indicatorChanged, 'measurement.reviseForDefinition', reviseForDefinition),
      listener(calendarChanged, 'measurement.reviseForCalendar', reviseForCalendar),
    ],
    every: [
      { name: 'measurement.resumeImports', cron: '* * * * *', action: runner.resume },
      { name: 'measurement.runSources', cron: '* * * * *', action: sourceRunner.resume },
      { name: 'measurement.watchSources', cron: '* * * * *', action: watchSources },
      { name: 'measurement.tidySources', cron: '41 3 * * *', action: tidySources },
      { name: 'measurement.fold', cron: '* * * * *', action: async (context) => void (await foldDue(context)) },
      {
        name: 'measurement.dropOldRecent',
        cron: '41 * * * *',
        action: (context) => dropOldRecent(context.measurements, context.now),
      },
      { name: 'measurement.settleHalves', cron: '23 4 * * *', action: settleHalves },
    ],
    streams: measurementStreams(files, parts.sealer),
  })
}
