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

/** How a row reads once it is closed. */
export const closed = (context: Context, row: AlertRow, because: ClosingReason, remark: string | null): AlertRow => ({
  ...row,
  state: 'closed',
  closedAt: context.now,
  closedBecause: because,
  owed: 0,
  history: [...row.history, told(context, 'closed', remark)],
})

export async function closeRow(
  context: Context,
  row: AlertRow,
  because: ClosingReason,
  remark: string | null,
): Promise<void> {
  // What is still owed, and reports that would come again, end with it and say so.
  await settleDuties(context, [row.id], remark ?? because)
  const { state, closedAt, closedBecause, owed, history } = closed(context, row, because, remark)
  await updateAlert(context, row.id, { state, closedAt, closedBecause, owed, history })
  await context.announce(alertChanged, { id: row.id, state: 'closed', colour: row.colour })
}
