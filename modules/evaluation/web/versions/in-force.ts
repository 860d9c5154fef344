/** Which of all versions judges today. */
import type { Scheme } from '#evaluation/contract'
import { versionOn } from '../../rules/schemes/versions.ts'

/** The version in force on a day; else the newest adopted, else the newest of all. `versions`: newest first. */
export function inForce(versions: readonly Scheme[], day: string): Scheme | undefined {
  const adopted = versions.flatMap((one) => (one.adoption === null ? [] : [{ ...one, adoption: one.adoption }]))
  const found = versionOn(adopted, day) ?? adopted[0] ?? versions[0]
  return versions.find((one) => one.version === found?.version)
}
