/** A second process that tries to open a directory and tells its parent how that went. */
import { openMeasurements } from './measurements.ts'

try {
  await (await openMeasurements({ directory: process.argv[2]! })).close()
  process.send!({ code: 'OPENED', message: '' })
} catch (error) {
  const { code, message } = error as { code: string; message: string }
  process.send!({ code, message })
}
process.disconnect()
