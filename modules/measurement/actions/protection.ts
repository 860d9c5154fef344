/** How small groups are protected: read and set. */
import type { Context } from '#platform/context'
import { type ProtectionDraft, type ProtectionSetting, usualProtection } from '../contract/protection.ts'
import { findProtection, saveProtectionRow } from '../store/records/protection.ts'

export async function readProtection(context: Context): Promise<ProtectionSetting> {
  const row = await findProtection(context)
  if (row === null) return { ...usualProtection, changedAt: null, changedBy: null }
  const { smallestGroup, smallestStaffGroup, staffKinds, changedAt, changedBy } = row
  return { smallestGroup, smallestStaffGroup, staffKinds, changedAt: changedAt.toString(), changedBy }
}

/** From now on for every period, also those that are over. */
export async function saveProtection(context: Context, draft: ProtectionDraft): Promise<ProtectionSetting> {
  await saveProtectionRow(context, { ...draft, staffKinds: [...new Set(draft.staffKinds)] })
  return readProtection(context)
}
