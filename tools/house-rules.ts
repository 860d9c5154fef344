/** The house rules that a linter cannot say, as functions from files to breaches. `tidy.test.ts` runs them on the house and on planted sins. */
import { moduleMap } from '../modules/map.ts'

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string
  readonly text: string
}
export interface Breach {
  readonly path: string
  readonly line: number
  readonly rule: string
}

export const LINE_LENGTH_LIMIT = 160
export const FOLDER_FILES_LIMIT = 12

const isTest = (path: string) => /(\.(test|scenario)|-for-test)\.tsx?$/.test(path) || path.startsWith('scenarios/')
const isCode = (path: string) => /\.(ts|tsx)$/.test(path)

function* matches(file: SourceFile, pattern: RegExp, rule: string): Iterable<Breach> {
  for (const [index, line] of file.text.split('\n').entries())
    if (pattern.test(line)) yield { path: file.path, line: index + 1, rule }
}

/** Words that stand for "I did not know where to put it". */
const BANNED_NAMES = /(^|[-/])(utils?|helpers?|common|misc|manager|services?|dto)(\.|-|\/|$)/

export function names(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) => {
    const breaches: Breach[] = []
    const base = file.path.split('/').at(-1)!
    if (isCode(file.path) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(base))
      breaches.push({ path: file.path, line: 1, rule: 'files are kebab-case' })
    if (isCode(file.path) && BANNED_NAMES.test(file.path))
      breaches.push({ path: file.path, line: 1, rule: 'name the thing, not the drawer' })
    if (base === 'index.ts') breaches.push({ path: file.path, line: 1, rule: 'no barrels' })
    return breaches
  })
}

export function folders(files: readonly SourceFile[]): Breach[] {
  const counts = new Map<string, number>()
  for (const { path } of files) {
    if (!isCode(path) || isTest(path)) continue
    const folder = path.split('/').slice(0, -1).join('/')
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([folder, count]) => folder !== '' && count > FOLDER_FILES_LIMIT)
    .map(([folder, count]) => ({
      path: folder,
      line: 1,
      rule: `a folder keeps at most ${FOLDER_FILES_LIMIT} files, this one has ${count}`,
    }))
}

/** Time and chance come from the context; only the floor and its tests touch the real ones. */
const FREE_OF_CLOCK_RULE = /^(platform\/|tools\/|bench\/|apps\/|scenarios\/)|\/web\/|\.test\.tsx?$/
export function clockAndDice(files: readonly SourceFile[]): Breach[] {
  return files
    .filter((file) => isCode(file.path) && !FREE_OF_CLOCK_RULE.test(file.path))
    .flatMap((file) => [
      ...matches(file, /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b/, 'the clock comes from the context'),
      ...matches(file, /\bMath\.random\(|\brandomUUID\(/, 'chance and ids come from the context'),
    ])
}

const SIN = new RegExp(
  ['TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK'].join('').replaceAll('|', '\\b|\\b').replace(/^/, '\\b').replace(/$/, '\\b'),
)
/** Texts and patterns are as long as they are; what stands around them is measured. */
const LITERAL = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|^\s*\/.*\/[a-z]*,?$/g
function tooLong(file: SourceFile): Breach[] {
  return file.text.split('\n').flatMap((line, index) => {
    const bare = line.replace(LITERAL, "''")
    return bare.length > LINE_LENGTH_LIMIT
      ? [{ path: file.path, line: index + 1, rule: `lines up to ${LINE_LENGTH_LIMIT} characters` }]
      : []
  })
}

export function leftovers(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) => [
    ...(isCode(file.path) ? matches(file, SIN, 'finish it or write an issue') : []),
    ...(isCode(file.path) && !file.path.startsWith('tools/') ? tooLong(file) : []),
    ...(isTest(file.path) ? matches(file, /\b(test|it|describe)\.only\(/, 'no test stands alone') : []),
  ])
}

/** SQL stays home: a module's files name no other module's PostgreSQL schema, and only `measurement` speaks to the measurements. */
export function sqlAtHome(files: readonly SourceFile[]): Breach[] {
  const modules = moduleMap.map((line) => line.name)
  return files.flatMap((file) => {
    const home = /^modules\/([a-z]+)\//.exec(file.path)?.[1]
    if (!home || isTest(file.path)) return []
    const others = modules.filter((name) => name !== home).join('|')
    return [
      ...matches(
        file,
        new RegExp(`\\b(from|join|into|update)\\s+"?(${others})"?\\."?[a-z_]+`, 'i'),
        'SQL names its own schema only',
      ),
      ...(home === 'measurement'
        ? []
        : matches(file, /\bmeasurements\.(query|insert|command)\(/, 'only measurement speaks to the measurements')),
    ]
  })
}

/** Queries live in `store`; actions and rules build none. */
export function queriesInStore(files: readonly SourceFile[]): Breach[] {
  return files
    .filter(
      (file) =>
        /^modules\/[a-z]+\/(actions|rules|contract)(\.ts|\/)/.test(file.path) &&
        !isTest(file.path) &&
        !file.path.endsWith('/set-up.ts'),
    )
    .flatMap((file) => [
      ...matches(
        file,
        /\.records\s*\.?\s*(select|insert|update|delete|execute)|\bcontext\.records\b/,
        'queries live in store',
      ),
    ])
}

/** Every file of a library that exports a function says where its formula comes from. */
export function sourcesNamed(files: readonly SourceFile[]): Breach[] {
  return (
    files
      .filter(
        (file) => /^libs\/[a-z]+\/src\//.test(file.path) && !isTest(file.path) && /^export function /m.test(file.text),
      )
      // Checks of arguments and bookkeeping of tails calculate nothing of their own.
      .filter((file) => !/\/(special\/tail|intervals\/interval)\.ts$/.test(file.path))
      .filter((file) => !/Source|\b(1[89]|20)\d\d\b/.test(file.text))
      .map((file) => ({ path: file.path, line: 1, rule: 'a library function names its source (author, year)' }))
  )
}

/** A sentence in `words.ts` has Chinese in zh and none in en. */
export function wordsInBothLanguages(files: readonly SourceFile[]): Breach[] {
  return files
    .filter((file) => file.path.endsWith('words.ts'))
    .flatMap((file) => {
      const breaches: Breach[] = []
      for (const found of file.text.matchAll(/\ben:\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)) {
        if (/\p{Script=Han}/u.test(found[2]!) && !/^(闭环|中文)/.test(found[2]!))
          breaches.push({
            path: file.path,
            line: lineOf(file.text, found.index),
            rule: 'English words hold no Chinese',
          })
      }
      for (const found of file.text.matchAll(/\bzh:\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)) {
        const plain = found[2]!.replaceAll(/\{[^}]*\}/g, '')
        if (/[a-z]{4,}/i.test(plain) && !/\p{Script=Han}/u.test(plain))
          breaches.push({ path: file.path, line: lineOf(file.text, found.index), rule: 'Chinese words are Chinese' })
      }
      return breaches
    })
}

const lineOf = (text: string, index: number) => text.slice(0, index).split('\n').length

/** `uses` may only name lower lines of the map, so no cycle can be declared. */
export function mapPointsDown(map: typeof moduleMap): Breach[] {
  return map.flatMap((line, index) => {
    const below = map.slice(index + 1).map((lower) => lower.name)
    return line.uses
      .filter((used) => !below.includes(used))
      .map((used) => ({
        path: 'modules/map.ts',
        line: 1,
        rule: `${line.name} may not use ${used}: it does not stand below`,
      }))
  })
}

/** The project speaks of itself alone: no paths of the machine it was written on. */
export function noForeignPaths(files: readonly SourceFile[]): Breach[] {
  const pattern = new RegExp(['/', '(work|root|home)', '/[a-z]'].join(''))
  return files
    .filter((file) => !file.path.startsWith('tools/'))
    .flatMap((file) => [...matches(file, pattern, 'no path of a machine')])
}

export const houseRules = [
  names,
  folders,
  clockAndDice,
  leftovers,
  sqlAtHome,
  queriesInStore,
  sourcesNamed,
  wordsInBothLanguages,
  noForeignPaths,
] as const
