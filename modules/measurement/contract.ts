/** What others may say to `measurement`: events, files and mappings, indicators and their series. */
import { z } from 'zod'
import { event, instantText } from '#platform/contract'
import { customerRoutes } from './contract/customers/customers.ts'
import { definingRoutes } from './contract/defining.ts'
import { eventRoutes } from './contract/intake/events.ts'
import { annotationRoutes } from './contract/exploring/annotations.ts'
import { baselineRoutes } from './contract/exploring/baselines.ts'
import { distributionRoutes } from './contract/exploring/distribution.ts'
import { exportRoutes } from './contract/exploring/exports.ts'
import { protectionRoutes } from './contract/protection.ts'
import { pinRoutes } from './contract/exploring/pins.ts'
import { publicationRoutes } from './contract/exploring/publications.ts'
import { segmentRoutes } from './contract/exploring/segments.ts'
import { targetRoutes } from './contract/exploring/targets.ts'
import { importRoutes } from './contract/intake/imports.ts'
import { indicatorRoutes } from './contract/indicators.ts'
import { libraryRoutes } from './contract/library.ts'
import { foldingRoutes } from './contract/folding.ts'
import { seriesRoutes } from './contract/series.ts'
import { sourceRoutes } from './contract/intake/sources.ts'

export {
  type Accuracy,
  type Customer,
  type CustomerAttribute,
  type CustomerOrder,
  type CustomerRow,
  type CustomerSegment,
  customerSegmentNames,
  type CustomerSegments,
  type CustomerSetting,
  type CustomerSettingDraft,
  type Forecast,
  type ForecastCell,
  type ForecastReason,
  horizons,
  type Likelihoods,
  type PersonalKind,
  type Scores,
  type TypeForecast,
} from './contract/customers/customers.ts'
export { type IndicatorChange, type IndicatorFilePlan, type PlannedIndicator } from './contract/defining.ts'
export {
  EVENTS_PER_BATCH_LIMIT,
  houseEventTypes,
  type ListedEvent,
  recorded,
  serviceEvent,
  type ServiceEvent,
} from './contract/intake/events.ts'
export {
  fileFormat,
  importState,
  type ImportState,
  mappingDefinition,
  type MappingDefinition,
} from './contract/intake/imports.ts'
export {
  indicator,
  type Indicator,
  indicatorDraft,
  type IndicatorDraft,
  type IndicatorDraftInput,
  indicatorId,
} from './contract/indicators.ts'
export {
  type Installation,
  type Library,
  type LibraryEntry,
  type OwnVocabulary,
  type Sector,
} from './contract/library.ts'
export { type Annotation } from './contract/exploring/annotations.ts'
export { type Baselines, type IndustryFigure, PEERS_NEEDED } from './contract/exploring/baselines.ts'
export { type Distribution } from './contract/exploring/distribution.ts'
export {
  type Publication,
  type PublicationGrain,
  publicationGrain,
  valuesRevised,
} from './contract/exploring/publications.ts'
export { type Segment as SavedSegment } from './contract/exploring/segments.ts'
export { type AppliedTarget, type Target } from './contract/exploring/targets.ts'
export type { FoldingState } from './contract/folding.ts'
export { seriesGrain, type SeriesGrain } from './contract/grain.ts'
export { point, type Point } from './contract/point.ts'
export {
  protectionDraft,
  type ProtectionDraft,
  type ProtectionSetting,
  SMALLEST_GROUP_FLOOR,
  usualProtection,
} from './contract/protection.ts'
export { measurementRefusals } from './contract/refusals.ts'
export {
  comparison,
  type Comparison,
  comparisonRow,
  series,
  type Series,
  unitValues,
  type UnitValues,
} from './contract/series.ts'

export {
  freshness,
  type Freshness,
  source,
  type Source,
  sourceChanged,
  type SourceDraft,
  sourceHeard,
  type SourceRun,
  type SourceSettings,
  sourceSilent,
} from './contract/intake/sources.ts'

export const measurementContract = {
  ...eventRoutes,
  ...importRoutes,
  ...indicatorRoutes,
  ...definingRoutes,
  ...libraryRoutes,
  ...seriesRoutes,
  ...foldingRoutes,
  ...sourceRoutes,
  ...customerRoutes,
  ...segmentRoutes,
  ...targetRoutes,
  ...baselineRoutes,
  ...annotationRoutes,
  ...publicationRoutes,
  ...distributionRoutes,
  ...pinRoutes,
  ...protectionRoutes,
  ...exportRoutes,
}

/** Events were recorded: which types, between which instants. Revised values follow from it. */
export const measurementRecorded = event(
  'measurement.recorded',
  z.object({ eventTypes: z.array(z.string()).max(1000), from: instantText, to: instantText, stored: z.number().int() }),
)
/** A definition got a new version or was retired. */
export const indicatorChanged = event(
  'measurement.indicatorChanged',
  z.object({ id: z.string(), version: z.number().int() }),
)
