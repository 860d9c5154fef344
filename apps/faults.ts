/** Why something could not start, in plain words with the way out. Known reasons bring their own; the rest is shown with its cause. */
import { DirectoryLocked, RecordsUnavailable } from '#platform/records/faults'
import { MeasurementsFailure } from '#platform/measurements/failures'
import { MigrationRefused } from '#platform/migrations/runner'
import { Refusal } from '#platform/refusal'
import { SettingInvalid } from './settings.ts'

export function explainFault(error: unknown): string {
  if (error instanceof DirectoryLocked || error instanceof RecordsUnavailable || error instanceof MigrationRefused)
    return error.message
  if (error instanceof MeasurementsFailure || error instanceof SettingInvalid) return error.message
  if (error instanceof Refusal)
    return error.data === undefined ? error.message : `${error.message} ${JSON.stringify(error.data)}`
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or choose another: BIHUAN_PORT=7701 npm start`
  if (code === 'EACCES')
    return `No right to use what is needed: ${(error as Error).message}. Check the owner of BIHUAN_DATA, or use a port above 1023.`
  if (code === 'ENOSPC')
    return 'The disk is full. Free some space and start again; nothing that was acknowledged is lost.'
  return `Something unexpected went wrong: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
