import { randomBytes } from 'node:crypto'
import type { Surroundings } from './context.ts'

/** The machine's own clock, and chance nobody can foresee. The only place where the product reads either. */
export const realSurroundings: Surroundings = {
  now: () => Temporal.Now.instant(),
  random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
}
