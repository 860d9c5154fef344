/** The command line: `npm run bihuan -- help`. */
import './threads.ts'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { backup, restore } from './backup.ts'
import { examine } from './doctor.ts'
import { explainFault } from './faults.ts'
import { importFile } from './import-file.ts'
import { createKeyOffline } from './key.ts'
import { migrateOnly, start } from './start.ts'

const HELP = `闭环 Bihuan: measure, evaluate, warn, diagnose, plan, act, verify, reward and publish.

  start                        serve this installation (BIHUAN_DATA, default data/) on 127.0.0.1:7700
  demo                         serve a made-up hospital group and service halls, with two years of data
  migrate                      bring both stores to this version and stop
  import FILE --as MAPPING     take in a file by a saved mapping          [--dry-run] [--key KEY while the server runs]
  indicators export [FILE]     definitions as YAML, or JSON by the file's ending  [--ids a,b] [--key KEY while the server runs]
  indicators import FILE       say what a file of definitions would change        [--apply] [--key KEY while the server runs]
  key create NAME --may a,b    make a key for a program, e.g. --may measurements.record   (server stopped)
  doctor                       say what is wrong with this machine, and how to mend it
  backup DIRECTORY             copy the installation, with checksums       (server stopped, embedded stores)
  restore DIRECTORY            put a backup into an empty BIHUAN_DATA
  help                         this page

Settings (environment): BIHUAN_DATA, BIHUAN_PORT, BIHUAN_HOST, BIHUAN_RECORDS_URL (PostgreSQL 15 or newer),
BIHUAN_MEASUREMENTS_URL (ClickHouse), BIHUAN_LOG (debug, info, warn, error),
BIHUAN_REQUESTS_PER_MINUTE (most requests of one address in a minute, default 30000).
`

/** A wrong call: told in one line, exit code 2. */
class UsageWrong extends Error {}

function option(words: readonly string[], name: string): string | undefined {
  const place = words.indexOf(`--${name}`)
  return place < 0 ? undefined : words[place + 1]
}

async function run(words: readonly string[]): Promise<number> {
  const [command = 'help', first, second] = words
  switch (command) {
    case 'start':
      return start()
    case 'demo':
      return (await import('./demo/demo.ts')).demo()
    case 'migrate':
      return migrateOnly()
    case 'import': {
      const mapping = option(words, 'as')
      if (!first || !mapping) throw new UsageWrong('import needs a file and a mapping: import visits.csv --as "Visits"')
      return importFile({
        path: first,
        mapping,
        dryRun: words.includes('--dry-run'),
        key: option(words, 'key') ?? process.env['BIHUAN_KEY'],
      })
    }
    case 'indicators':
      if (first !== 'export' && !(first === 'import' && second))
        throw new UsageWrong('indicators needs export or import: indicators import indicators.yaml --apply')
      return (await import('./indicator-files.ts')).indicatorFiles({
        what: first,
        path: second?.startsWith('--') ? undefined : second,
        ids: option(words, 'ids'),
        apply: words.includes('--apply'),
        key: option(words, 'key') ?? process.env['BIHUAN_KEY'],
      })
    case 'key': {
      const may = option(words, 'may')
      if (first !== 'create' || !second || !may)
        throw new UsageWrong('key create needs a name and rights: key create Queue --may measurements.record')
      return createKeyOffline(second, may.split(','))
    }
    case 'doctor':
      return examine()
    case 'backup':
    case 'restore':
      if (!first) throw new UsageWrong(`${command} needs a directory: ${command} ../bihuan-backup`)
      return command === 'backup' ? backup(first) : restore(first)
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP)
      return 0
    default:
      throw new UsageWrong(`There is no command "${command}".`)
  }
}

export async function main(words: readonly string[]): Promise<number> {
  try {
    return await run(words)
  } catch (error) {
    if (error instanceof UsageWrong) {
      process.stderr.write(`${error.message}\nSee: npm run bihuan -- help\n`)
      return 2
    }
    process.stderr.write(`${explainFault(error)}\n`)
    return 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url) || process.argv[1] === join(import.meta.dirname, 'cli.ts')) {
  process.exitCode = await main(process.argv.slice(2))
}
