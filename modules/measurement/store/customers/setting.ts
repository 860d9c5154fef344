/** The organisation's choice of what a customer is. */
import type { Context } from '#platform/context'
import type { CustomerSettingDraft } from '../../contract/customers/customers.ts'
import { customerSetting } from '../../tables.ts'

export interface SettingRow extends CustomerSettingDraft {
  readonly changedAt: Temporal.Instant
  readonly changedBy: string
}

export async function findSetting(context: Context): Promise<SettingRow | undefined> {
  const { attribute, dealingTypes, moneyValue, channelAttribute, ratingValue, complaintTypes, changedAt, changedBy } =
    customerSetting
  const [row] = await context.records
    .select({
      attribute,
      dealingTypes,
      moneyValue,
      channelAttribute,
      ratingValue,
      complaintTypes,
      changedAt,
      changedBy,
    })
    .from(customerSetting)
  return row
}

export async function saveSetting(context: Context, row: SettingRow): Promise<void> {
  await context.records
    .insert(customerSetting)
    .values({ organisationId: context.organisation, ...row })
    .onConflictDoUpdate({ target: customerSetting.organisationId, set: { ...row } })
}
