/**
 * The first argument of every action and store function: who asks, for which organisation, at what time, with which
 * chance, inside which transaction. Nothing else in the product reads a clock or throws dice.
 */
import type { Logger } from 'pino'
import type { EventDefinition } from './contract.ts'
import type { Measurements } from './measurements/measurements.ts'
import type { RecordsTransaction } from './records/records.ts'

/** Who does something: a signed-in person, a program with a key, or the product itself (schedules, deliveries). */
export interface Actor {
  readonly kind: 'anyone' | 'person' | 'key' | 'system'
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** What the actor may do, as the decision table gave it when the request came in. */
  readonly permissions: ReadonlySet<string>
  readonly language: 'zh' | 'en'
}

export interface Context {
  readonly who: Actor
  /** The organisation's id (uuid); row-level security shows this organisation's rows only. */
  readonly organisation: string
  readonly now: Temporal.Instant
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** A new id (UUID version 7 from the context's clock and chance). */
  readonly newId: () => string
  /** The open transaction, scoped to the organisation by row-level security. */
  readonly records: RecordsTransaction
  readonly measurements: Measurements
  readonly log: Logger
  /** Writes news into the transaction's outbox; delivered to listeners after commit, at least once, effect exactly once. */
  readonly announce: <T>(event: EventDefinition<T>, payload: T) => Promise<void>
  /** For long work only: runs `work` in a transaction of its own with the same actor and a fresh `now`. */
  readonly separately: <T>(work: (context: Context) => Promise<T>) => Promise<T>
}

/** The clock and dice of one installation: the real ones in `apps`, planned ones in tests and the simulator. */
export interface Surroundings {
  readonly now: () => Temporal.Instant
  readonly random: () => number
}
