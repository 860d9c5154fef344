/** A world with this module at work: real stores, a folder for files, an organisation in Shanghai. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measurementMigrations } from '../../../migrations/measurements/first.ts'
import { createMissingEntities } from '#organisation/actions/look-up'
import { foundOrganisation } from '#organisation/actions/set-up'
import { type Files, openFiles } from '#platform/files/files'
import type { Context } from '#platform/context'
import { openTestWorld, ORGANISATION, type TestWorld, testPerson } from '#platform/testing/world'
import { resumeImport, saveMapping, startImport } from '../actions/intake/imports.ts'
import type { ImportState, MappingDefinition } from '../contract.ts'
import { measurementModule } from '../module.ts'
import { type ImportRow, findImport } from '../store/records/imports.ts'
import { createSealer } from '#platform/sealing'
import { createSourceRunner, type SourceParts, type SourceRunner } from '../sources/runner.ts'
import { createImportRunner, type ImportRunner } from './runner.ts'

export interface MeasurementWorld {
  readonly world: TestWorld
  readonly files: Files
  /** What data sources stand on; private addresses are allowed. */
  readonly parts: SourceParts
  readonly sourceRunner: SourceRunner
  readonly runner: ImportRunner
  readonly run: <T>(work: (context: Context) => Promise<T>) => Promise<T>
  /** As a route without a transaction of its own gets it. */
  readonly apart: <T>(work: (context: Context) => Promise<T>) => Promise<T>
  readonly upload: (name: string, content: string | Uint8Array) => Promise<string>
  readonly createEntities: (keys: readonly string[], kind?: string, parentKey?: string | null) => Promise<void>
  /** Imports to the end, and gives the row with everything that was counted. */
  readonly importFile: (file: string, definition: MappingDefinition | null, dryRun?: boolean) => Promise<ImportRow>
  readonly resume: (id: string) => Promise<ImportState>
  readonly settle: () => Promise<void>
  readonly close: () => Promise<void>
}

const ANN = testPerson('Ann', ['imports.run', 'measurements.record'])

export async function openMeasurementWorld(start = '2026-03-02T01:00:00Z'): Promise<MeasurementWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'bihuan-files-'))
  const files = openFiles(directory)
  const runner = createImportRunner(files)
  const watchFolder = mkdtempSync(join(tmpdir(), 'bihuan-watch-'))
  const parts: SourceParts = { files, sealer: createSealer('a secret of tests'), watchFolder, pullPrivate: true }
  const sourceRunner = createSourceRunner(parts)
  const modules = [measurementModule({ ...parts, runner, sourceRunner })]
  const world = await openTestWorld({ modules, measurements: measurementMigrations, start })
  // Nobody signs in here: the organisation is founded under the id tests know, by a person without a password.
  const signIn = { owner: world.records.owner, createUser: async () => ANN.id }
  const once = { newId: () => ORGANISATION, now: world.clock.now() }
  const person = { name: ANN.name, email: 'ann@example.org', password: '', roles: ['administrator'] }
  const founded = { organisationName: '市第一医院', timeZone: 'Asia/Shanghai', demo: false, once: false, ...person }
  await foundOrganisation(signIn as unknown as Parameters<typeof foundOrganisation>[0], once, founded)
  const run: MeasurementWorld['run'] = (work) => world.as(ANN).run(work)
  const apart: MeasurementWorld['apart'] = (work) => world.platform.apart(ANN, ORGANISATION, work)
  const settle = async () => {
    // Imports announce news, and news starts imports.
    while ((await world.platform.settle()) > 0) {
      await sourceRunner.quiet()
      await runner.quiet()
    }
  }
  return {
    world,
    parts,
    sourceRunner,
    files,
    runner,
    run,
    apart,
    settle,
    upload: async (name, content) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      return (await files.receive(ORGANISATION, name, body(bytes))).file
    },
    createEntities: async (keys, kind = 'unit', parentKey = null) => {
      await run((context) => createMissingEntities(context, keys, { kind, parentKey }))
      await settle()
    },
    importFile: async (file, definition, dryRun = false) => {
      const mapping = definition === null ? null : 'mapping'
      if (definition !== null) await run((context) => saveMapping(context, { name: 'mapping', definition }))
      const { id } = await run((context) => startImport(files, context, { file, mapping, dryRun }))
      await settle()
      return (await run((context) => findImport(context, id)))!
    },
    resume: (id) => run((context) => resumeImport(context, { id })),
    close: async () => {
      await runner.quiet()
      await world.close()
      rmSync(directory, { recursive: true, force: true })
      rmSync(watchFolder, { recursive: true, force: true })
    },
  }
}

async function* body(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
