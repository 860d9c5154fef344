/**
 * Values of `{name:Type}` placeholders. chDB's own binding runs all parameterised queries of a process one after the
 * other; `SET param_name = '…'` belongs to one connection, so queries with parameters run side by side (decision 0001).
 */
import { must } from '../refusal.ts'
import { MeasurementsFailure } from './failures.ts'

export type ParameterValue = string | number | bigint | boolean | readonly string[] | readonly number[]
export type Parameters = Readonly<Record<string, ParameterValue>>

/** Most text one parameter may take. An array of 250,000 literals kept the engine's analyser busy beyond any time limit. */
const ARRAY_PARAMETER_LENGTH_LIMIT = 1_000_000
const TEXT_PARAMETER_LENGTH_LIMIT = 20_000_000

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*)\s*:/g

/** `SET` keeps a value until it is set anew, so a forgotten one could be that of another organisation: refused here. */
export function checkParameters(sql: string, parameters: Parameters): void {
  const wanted = new Set(Array.from(sql.matchAll(PLACEHOLDER), (match) => match[1]!))
  for (const name of wanted) must(parameters[name] !== undefined, `the query parameter ${name} is given`)
  for (const name of Object.keys(parameters)) must(wanted.has(name), `the query parameter ${name} is used`)
}

/** The text the engine reads a parameter from: escaped as in TabSeparated, arrays with quoted elements. */
export function parameterText(name: string, value: ParameterValue): string {
  if (typeof value === 'string') {
    refuseLong(name, value.length, TEXT_PARAMETER_LENGTH_LIMIT)
    return escaped(value)
  }
  if (typeof value === 'object') {
    const text = `[${value.map((each) => (typeof each === 'string' ? `'${quotable(each)}'` : numberText(each))).join(',')}]`
    refuseLong(name, text.length, ARRAY_PARAMETER_LENGTH_LIMIT)
    return text
  }
  return typeof value === 'boolean' ? String(value) : numberText(value)
}

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${quotable(text)}'`

function numberText(value: number | bigint): string {
  must(typeof value === 'bigint' || Number.isFinite(value), 'a number in a query is finite')
  return String(value)
}

function refuseLong(name: string, length: number, limit: number): void {
  if (length <= limit) return
  throw new MeasurementsFailure(
    'TOO_LARGE',
    `The query parameter ${name} has ${length} characters; ${limit} are allowed.`,
  )
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need escaping.
const escaped = (text: string) => text.replaceAll(/[\\\0\b\f\n\r\t]/g, (character) => ESCAPES[character]!)
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need escaping.
const quotable = (text: string) => text.replaceAll(/[\\'\0\b\f\n\r\t]/g, (character) => ESCAPES[character]!)
