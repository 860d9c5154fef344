import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { moduleMap } from '../modules/map.ts'
import { VERSION } from '../platform/version.ts'
import {
  clockAndDice,
  folders,
  houseRules,
  leftovers,
  mapPointsDown,
  names,
  noForeignPaths,
  queriesInStore,
  type SourceFile,
  sourcesNamed,
  sqlAtHome,
  wordsInBothLanguages,
} from './house-rules.ts'

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
const house: SourceFile[] = listed
  .split('\n')
  .filter(
    (path) =>
      /\.(ts|tsx|css|md|json)$/.test(path) &&
      !/^(migrations\/records|docs\/reference)|package-lock\.json|\/reference\//.test(path),
  )
  .flatMap((path) => {
    try {
      return [{ path, text: readFileSync(path, 'utf8') }]
    } catch {
      return []
    }
  })

describe('the house', () => {
  for (const rule of houseRules) {
    test(rule.name, () => {
      expect(rule(house).map((breach) => `${breach.path}:${breach.line} ${breach.rule}`)).toEqual([])
    })
  }
  test('the map points down', () => expect(mapPointsDown(moduleMap)).toEqual([]))
  test('one version everywhere', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(VERSION).toBe(manifest.version)
  })
  test('every module of the map has its folder, and every folder its line', () => {
    const there = new Set(house.flatMap((file) => /^modules\/([a-z]+)\//.exec(file.path)?.[1] ?? []))
    expect([...there].toSorted()).toEqual(moduleMap.map((line) => line.name).toSorted())
  })
})

const sin = (path: string, text: string): SourceFile[] => [{ path, text }]
const words = ['TO', 'DO'].join('')

describe('planted sins are found', () => {
  const cases: [string, () => readonly unknown[]][] = [
    ['a drawer', () => names(sin('modules/alerts/utils.ts', ''))],
    ['a barrel', () => names(sin('modules/alerts/index.ts', ''))],
    ['camel case', () => names(sin('modules/alerts/alertDesk.ts', ''))],
    [
      'a crowded folder',
      () => folders(Array.from({ length: 13 }, (_, index) => ({ path: `modules/alerts/a${index}.ts`, text: '' }))),
    ],
    ['a clock of its own', () => clockAndDice(sin('modules/alerts/rules.ts', 'const now = new Date()'))],
    ['dice of its own', () => clockAndDice(sin('modules/alerts/rules.ts', 'Math.random()'))],
    ['unfinished work', () => leftovers(sin('modules/alerts/rules.ts', `// ${words} later`))],
    ['an endless line', () => leftovers(sin('modules/alerts/rules.ts', 'x'.repeat(200)))],
    ['a lonely test', () => leftovers(sin('modules/alerts/rules.test.ts', ['test.', "only('a', () => {})"].join('')))],
    ['a foreign table', () => sqlAtHome(sin('modules/alerts/store/a.ts', 'select * from plans.plan'))],
    [
      'facts read past measurement',
      () => sqlAtHome(sin('modules/alerts/store/a.ts', "context.measurements.query('select 1')")),
    ],
    [
      'a query in an action',
      () => queriesInStore(sin('modules/alerts/actions/a.ts', 'await context.records.select()')),
    ],
    ['a formula without source', () => sourcesNamed(sin('libs/stats/src/a.ts', 'export function a() {}'))],
    [
      'English that is Chinese',
      () => wordsInBothLanguages(sin('modules/alerts/words.ts', "a: { zh: '预警', en: '预警' }")),
    ],
    [
      'Chinese that is English',
      () => wordsInBothLanguages(sin('modules/alerts/words.ts', "a: { zh: 'Alert', en: 'Alert' }")),
    ],
    ['a path of a machine', () => noForeignPaths(sin('README.md', ['see /', 'home/x'].join('')))],
    [
      'a map that points up',
      () =>
        mapPointsDown([
          { name: 'a', does: '', uses: [] },
          { name: 'b', does: '', uses: ['a'] },
        ]),
    ],
  ]
  for (const [name, find] of cases) test(name, () => expect(find().length).toBeGreaterThan(0))
})
