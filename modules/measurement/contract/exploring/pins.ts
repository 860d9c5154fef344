/** Indicators a person keeps at the top of the list. */
import { z } from 'zod'
import { indicatorId } from '../indicators.ts'
import { tag } from '../refusals.ts'

export const PINS_LIMIT = 50

export const pinRoutes = {
  listPins: tag('/me/pins', 'GET', 'Ids of the indicators the caller pinned, in the order of pinning')
    .meta({ may: 'measurements.read' })
    .output(z.array(indicatorId)),
  pinIndicator: tag('/me/pins/{id}', 'PUT', 'Keep an indicator at the top of the list')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId }))
    .output(z.object({})),
  unpinIndicator: tag('/me/pins/{id}', 'DELETE', 'Keep it there no longer')
    .meta({ may: 'measurements.read' })
    .input(z.object({ id: indicatorId }))
    .output(z.object({})),
}
