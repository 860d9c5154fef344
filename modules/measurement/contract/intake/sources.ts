/** Data sources: where events come from by themselves, how fresh each is, and what its runs brought. */
import { z } from 'zod'
import { event, instantText, page, pageQuery } from '#platform/contract'
import { rowIssue } from '#organisation/contract'
import { tag } from '../refusals.ts'

const MINUTES_OF_A_YEAR = 527_040

export const sourceSettings = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('folder'),
    /** Below the folder the installation allows; empty is that folder itself. */
    folder: z.string().trim().max(300).default(''),
    /** What the names of its files look like: * stands for anything. */
    pattern: z.string().trim().min(1).max(100).default('*'),
  }),
  z.object({
    kind: z.literal('pull'),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    schedule: z.union([
      z.object({ everyMinutes: z.number().int().min(1).max(MINUTES_OF_A_YEAR) }),
      /** Five fields, in the organisation's zone: "0 6 * * 1-5". */
      z.object({ cron: z.string().trim().min(9).max(100) }),
    ]),
    /** Names of the headers that are sent; what they hold is never told. */
    headers: z.array(z.string().max(100)).default([]),
  }),
  z.object({ kind: z.literal('webhook') }),
  /** A program that sends events with a key of the API. */
  z.object({ kind: z.literal('stream'), keyId: z.string().min(1).max(100) }),
])
export type SourceSettings = z.infer<typeof sourceSettings>

const header = z.object({
  name: z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'letters, digits and hyphens'),
  value: z
    .string()
    .max(4000)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII'),
})

export const sourceDraft = z.object({
  title: z.string().trim().min(1).max(100),
  settings: sourceSettings,
  /** Null: what comes is events as the API takes them. */
  mapping: z.string().max(100).nullable().default(null),
  ownerId: z.string().max(100).nullable().default(null),
  /** Silent when nothing has arrived for so long; null: nobody waits for it. */
  expectWithinMinutes: z.number().int().min(1).max(MINUTES_OF_A_YEAR).nullable().default(null),
  /** Refuse events whose content is stored under another id already, rather than only counting them. */
  refuseRepeats: z.boolean().default(false),
  /** Headers of a pull, kept sealed and never told again. Absent: those there are stay. */
  headers: z.array(header).max(20).optional(),
})
export type SourceDraft = z.infer<typeof sourceDraft>

export const freshness = z.enum(['fresh', 'late', 'silent', 'unwatched', 'paused'])
export type Freshness = z.infer<typeof freshness>

export const source = z.object({
  id: z.string(),
  title: z.string(),
  /** `upload` stands for all files people uploaded; it is always there and has no settings. */
  kind: z.enum(['upload', 'folder', 'pull', 'webhook', 'stream']),
  settings: sourceSettings.nullable(),
  mapping: z.string().nullable(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  enabled: z.boolean(),
  expectWithinMinutes: z.number().int().nullable(),
  refuseRepeats: z.boolean(),
  freshness,
  lastArrivalAt: instantText.nullable(),
  nextAt: instantText.nullable(),
  /** Events stored in each of the last 24 hours and 7 days (of 24 hours), oldest first. */
  hours: z.array(z.number().int()),
  days: z.array(z.number().int()),
  /** Of the last seven days. */
  refused: z.number().int(),
  repeats: z.number().int(),
  ahead: z.number().int(),
  /** Why the newest run failed; null when it did not. */
  problem: z.string().nullable(),
  /** Of a webhook: where messages are sent to, below the address of this installation. */
  path: z.string().nullable(),
  createdAt: instantText.nullable(),
  createdBy: z.string().nullable(),
})
export type Source = z.infer<typeof source>

export const sourceRun = z.object({
  id: z.string(),
  importId: z.string().nullable(),
  file: z.string().nullable(),
  fileName: z.string().nullable(),
  startedAt: instantText,
  endedAt: instantText.nullable(),
  /** `unchanged`: the source answered that it has nothing new. */
  state: z.enum(['waiting', 'running', 'done', 'unchanged', 'failed', 'stopped']),
  problem: z.string().nullable(),
  bytes: z.number().int(),
  /** Messages of a webhook. */
  messages: z.number().int(),
  rows: z.number().int(),
  stored: z.number().int(),
  duplicates: z.number().int(),
  corrected: z.number().int(),
  refused: z.number().int(),
  ahead: z.number().int(),
  repeats: z.number().int(),
})
export type SourceRun = z.infer<typeof sourceRun>

/** Told once, when it is made: nobody can read it again. */
const withSecret = z.object({ source, secret: z.string().nullable() })
const named = z.object({ id: z.string().max(100) })

export const sourceRoutes = {
  listSources: tag('/sources', 'GET', 'Data sources with their freshness and volumes')
    .meta({ may: 'imports.run' })
    .output(z.object({ rows: z.array(source), foldersAllowed: z.boolean() })),
  silentSources: tag('/silent-sources', 'GET', 'Data sources from which nothing has come for longer than expected')
    .meta({ may: 'measurements.read' })
    .output(
      z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          lastArrivalAt: instantText.nullable(),
          expectWithinMinutes: z.number().int(),
        }),
      ),
    ),
  readSource: tag('/sources/{id}', 'GET', 'One data source').meta({ may: 'imports.run' }).input(named).output(source),
  createSource: tag('/sources', 'POST', 'Set up a data source; the secret of a webhook is told in the answer only')
    .meta({ may: 'sources.edit' })
    .input(sourceDraft)
    .output(withSecret),
  saveSource: tag('/sources/{id}', 'PUT', 'Change a data source; its kind stays')
    .meta({ may: 'sources.edit' })
    .input(sourceDraft.extend({ id: z.string().max(100) }))
    .output(source),
  switchSource: tag('/sources/{id}/enabled', 'PUT', 'Pause a data source or set it to work again')
    .meta({ may: 'sources.edit' })
    .input(named.extend({ enabled: z.boolean() }))
    .output(source),
  trySource: tag('/sources/{id}/try', 'POST', 'Look into the folder or ask the address now')
    .meta({ may: 'sources.edit' })
    .input(named)
    .output(source),
  rotateSecret: tag('/sources/{id}/secret', 'POST', 'Give a webhook a new secret; the old one no longer counts')
    .meta({ may: 'sources.edit' })
    .input(named)
    .output(withSecret),
  deleteSource: tag('/sources/{id}', 'DELETE', 'Remove a data source; events and imports stay')
    .meta({ may: 'sources.edit' })
    .input(named)
    .output(z.object({})),
  sourceRuns: tag('/sources/{id}/runs', 'GET', 'What a data source brought, newest first')
    .meta({ may: 'imports.run' })
    .input(pageQuery.extend({ id: z.string().max(100) }))
    .output(page(sourceRun)),
  runIssues: tag('/source-runs/{id}/issues', 'GET', 'Rows a run refused, with line numbers')
    .meta({ may: 'imports.run' })
    .input(pageQuery.extend({ id: z.string().max(100) }))
    .output(page(rowIssue)),
}

/** Nothing has come from a source for longer than expected. */
export const sourceSilent = event(
  'measurement.sourceSilent',
  z.object({
    source: z.string(),
    title: z.string(),
    lastArrivalAt: instantText.nullable(),
    expectedWithinMinutes: z.number().int(),
  }),
)
/** A silent source brought something again, or nobody waits for it any more. */
export const sourceHeard = event('measurement.sourceHeard', z.object({ source: z.string() }))
/** What a source is, or what came of one of its runs, is another now: open screens read again. */
export const sourceChanged = event('measurement.sourceChanged', z.object({ source: z.string() }))
