/** Indicators a person keeps at the top of the list. */
import type { Context } from '#platform/context'
import { invalid } from '#platform/refusal'
import { currentIndicator } from '../actions/indicators.ts'
import { PINS_LIMIT } from '../contract/exploring/pins.ts'
import { deletePin, insertPin, pinsOf } from '../store/exploring/pins.ts'

export const listPins = (context: Context): Promise<string[]> => pinsOf(context)

export async function pinIndicator(context: Context, { id }: { id: string }): Promise<Record<string, never>> {
  await currentIndicator(context, id)
  const pins = await pinsOf(context)
  if (!pins.includes(id) && pins.length >= PINS_LIMIT)
    invalid('id', 'limit', `At most ${PINS_LIMIT} indicators are pinned. Take another one off first.`)
  await insertPin(context, id)
  return {}
}

export async function unpinIndicator(context: Context, { id }: { id: string }): Promise<Record<string, never>> {
  await deletePin(context, id)
  return {}
}
