/** The part every question about customers begins with: the setting, the reference day and its end. */
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import { addPeriods, dayOf, periodInstant } from '#platform/periods'
import { refuse } from '#platform/refusal'
import { measurementRefusals } from '../../contract.ts'
import { findSetting, type SettingRow } from '../../store/customers/setting.ts'

export interface Asked {
  readonly setting: SettingRow
  readonly timeZone: string
  /** The reference day. */
  readonly day: string
  /** Its end in epoch milliseconds. */
  readonly until: number
}

export const endOf = (day: string, timeZone: string): number =>
  periodInstant(addPeriods(day, 'day', 1), timeZone).epochMilliseconds

/** Refuses where nobody has said yet what a customer is. Without a day: today. */
export async function askedOf(context: Context, day?: string): Promise<Asked> {
  const setting = (await findSetting(context)) ?? refuse(measurementRefusals, 'CUSTOMERS_NOT_SET')
  const { timeZone } = await readProfile(context)
  const chosen = day ?? dayOf(context.now, timeZone)
  return { setting, timeZone, day: chosen, until: endOf(chosen, timeZone) }
}

export const instantText = (milliseconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()
