/** Lines of an alert's history, and its end. */
import type { Context } from '#platform/context'
import { type Alert, alertChanged, type ClosingReason } from '../../contract.ts'
import { type AlertRow, settleDuties, updateAlert } from '../../store/alerts.ts'

/** One line, told by whoever acts. */
export const told = (
  context: Context,
  what: Alert['history'][number]['what'],
  remark: string | null = null,
): Alert['history'][number] => ({ at: context.now.toString(), by: context.who.name, what, remark })

export async function closeRow(
  context: Context,
  row: AlertRow,
  because: ClosingReason,
  remark: string | null,
): Promise<void> {
  // What is still owed, and reports that would come again, end with it and say so.
  await settleDuties(context, row.id, remark ?? because)
  await updateAlert(context, row.id, {
    state: 'closed',
    closedAt: context.now,
    closedBecause: because,
    owed: 0,
    history: [...row.history, told(context, 'closed', remark)],
  })
  await context.announce(alertChanged, { id: row.id, state: 'closed', colour: row.colour })
}
