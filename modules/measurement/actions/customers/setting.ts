/** What a customer is here: looking for the attribute, choosing it. */
import type { Context } from '#platform/context'
import { refuse } from '#platform/refusal'
import { measurementRefusals } from '../../contract.ts'
import type { CustomerAttribute, CustomerSetting, CustomerSettingDraft } from '../../contract/customers/customers.ts'
import { looksLikePseudonyms, personalKindOf } from '../../rules/customers/personal-data.ts'
import { readAttributes, sampleAttribute } from '../../store/customers/attributes.ts'
import { findSetting, saveSetting, type SettingRow } from '../../store/customers/setting.ts'

const told = (row: SettingRow): CustomerSetting => ({ ...row, changedAt: row.changedAt.toString() })

export async function readCustomerSetting(context: Context): Promise<{ setting: CustomerSetting | null }> {
  const row = await findSetting(context)
  return { setting: row ? told(row) : null }
}

/** Likely ones first, then by the number of values. Values never leave the store. */
export async function customerAttributes(context: Context): Promise<CustomerAttribute[]> {
  const rows = await readAttributes(context.measurements, context.organisation)
  const offers = rows.map(({ attribute, events, distinct, eventTypes, sample }) => {
    const personal = personalKindOf(sample)
    const likely = personal === null && looksLikePseudonyms(events, distinct)
    return { attribute, events, distinct, eventTypes: [...eventTypes], likely, personal }
  })
  return offers.toSorted((a, b) => Number(b.likely) - Number(a.likely))
}

/** Looks at a sample first: what a person is called or reached by does not belong here. */
export async function saveCustomerSetting(context: Context, draft: CustomerSettingDraft): Promise<CustomerSetting> {
  const { attribute } = draft
  const { events, sample } = await sampleAttribute(context.measurements, context.organisation, attribute)
  if (events === 0) return refuse(measurementRefusals, 'CUSTOMER_ATTRIBUTE_UNKNOWN', { attribute })
  const kind = personalKindOf(sample)
  if (kind !== null) return refuse(measurementRefusals, 'CUSTOMER_ATTRIBUTE_PERSONAL', { attribute, kind })
  const row = { ...draft, changedAt: context.now, changedBy: context.who.name }
  await saveSetting(context, row)
  return told(row)
}
