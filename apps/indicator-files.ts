/** `indicators export` and `indicators import`: definitions as files, from the command line. */
import { readFile, writeFile } from 'node:fs/promises'
import type { IndicatorFilePlan } from '#measurement/contract'
import { asking, throughServer } from './import-file.ts'
import { say } from './start.ts'

export interface IndicatorFilesCall {
  readonly what: 'export' | 'import'
  /** For an export: standard output when absent. */
  readonly path: string | undefined
  readonly ids: string | undefined
  /** An import only says what it would do unless this is set. */
  readonly apply: boolean
  readonly key: string | undefined
}

export async function indicatorFiles(call: IndicatorFilesCall): Promise<number> {
  const { what, path } = call
  if (what === 'export')
    return throughServer({ key: call.key, rights: ['measurements.read'] }, (address, key) =>
      exportTo(asking(address, key), call),
    )
  const text = await readFile(path ?? '', 'utf8').catch(() => null)
  if (text === null) {
    say(`There is no file ${path}.`)
    return 2
  }
  return throughServer({ key: call.key, rights: ['indicators.edit', 'measurements.read'] }, (address, key) =>
    importFrom(asking(address, key), text, call.apply),
  )
}

type Ask = ReturnType<typeof asking>

async function exportTo(ask: Ask, { path, ids }: IndicatorFilesCall): Promise<number> {
  const query = new URLSearchParams({
    format: path?.endsWith('.json') ? 'json' : 'yaml',
    ...(ids === undefined ? {} : { ids }),
  })
  const { text, count } = (await ask('GET', `/indicator-files?${query}`)) as { text: string; count: number }
  if (path === undefined) process.stdout.write(text)
  else {
    await writeFile(path, text)
    say(`${count} definitions written to ${path}.`)
  }
  return 0
}

/** 1 where something was refused. */
async function importFrom(ask: Ask, text: string, apply: boolean): Promise<number> {
  const path = apply ? '/indicator-files' : '/indicator-files/plans'
  const plan = (await ask('POST', path, { text })) as IndicatorFilePlan
  if (plan.fault) {
    say(`Line ${plan.fault.values?.['line'] ?? '?'}: ${plan.fault.message}`)
    return 1
  }
  for (const { id, state, version, differences, issues } of plan.indicators) {
    say(`${state.padEnd(9)} ${id}${version === null ? '' : `, version ${version}`}`)
    for (const each of differences) say(`          ${each.field}: ${each.before ?? '-'} -> ${each.after ?? '-'}`)
    for (const issue of issues) say(`          ${issue.field}: ${issue.message}`)
  }
  const refused = plan.indicators.filter((one) => one.state === 'refused').length
  if (!apply) say('Nothing was written; add --apply to adopt it.')
  return refused === 0 ? 0 : 1
}
