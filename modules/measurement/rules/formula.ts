/** Formulas over named quantities: read, checked and evaluated here; they never reach the store. A missing operand makes the result missing. */
import jsep from 'jsep'
import { must } from '#platform/refusal'
import type { DefinitionRule, IssueValues } from './drafts/issues.ts'

/** What went wrong, at which characters of the text where that is known. */
export interface FormulaFault {
  readonly rule: Extract<DefinitionRule, `formula-${string}`>
  readonly message: string
  readonly values: IssueValues
  readonly place?: { readonly from: number; readonly until: number }
}

/** A quantity by its name: `visits` or `visits.sum`; null is missing. */
export type Lookup = (name: string) => number | null

export interface Formula {
  /** The quantities it needs, each once, in the order of the text. */
  readonly names: readonly string[]
  readonly evaluate: (lookup: Lookup) => number | null
}

const DEPTH_LIMIT = 40

type Evaluate = (lookup: Lookup) => number | null

interface FunctionRule {
  readonly least: number
  readonly most: number
  readonly of: (values: readonly (number | null)[]) => number | null
}

const all = (of: (values: readonly number[]) => number) => (values: readonly (number | null)[]) =>
  values.some((value) => value === null) ? null : of(values as readonly number[])

const FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  /** The first that is not missing. */
  coalesce: { least: 2, most: 10, of: (values) => values.find((value) => value !== null) ?? null },
  min: { least: 2, most: 10, of: all((values) => Math.min(...values)) },
  max: { least: 2, most: 10, of: all((values) => Math.max(...values)) },
  abs: { least: 1, most: 1, of: all(([value]) => Math.abs(value!)) },
  sqrt: { least: 1, most: 1, of: all(([value]) => Math.sqrt(value!)) },
  ln: { least: 1, most: 1, of: all(([value]) => Math.log(value!)) },
  /** clamp(value, low, high) */
  clamp: { least: 3, most: 3, of: all(([value, low, high]) => Math.min(Math.max(value!, low!), high!)) },
}
export const FORMULA_FUNCTIONS = Object.keys(FUNCTIONS)

const BINARY: Readonly<Record<string, (left: number, right: number) => number | null>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? null : left / right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
}

class Faulty extends Error {
  readonly fault: FormulaFault
  /** The word of the formula the fault is about. */
  readonly word: string | null
  constructor(rule: FormulaFault['rule'], message: string, values: IssueValues = {}, word: string | null = null) {
    super(message)
    this.fault = { rule, message, values }
    this.word = word
  }
}

interface Reading {
  readonly known: ReadonlyMap<string, string | null>
  readonly used: Set<string>
}
/** What a part of a formula is: how to evaluate it, and its unit (null: a bare number, undefined: not known). */
interface Part {
  readonly evaluate: Evaluate
  readonly unit: string | null | undefined
}

/** `known` holds every quantity that may be named with its unit (null: none, or not declared). */
export function readFormula(text: string, known: ReadonlyMap<string, string | null>): Formula | FormulaFault {
  const reading: Reading = { known, used: new Set() }
  try {
    const { evaluate } = readPart(parse(text), reading, 0)
    const finite: Evaluate = (lookup) => {
      const value = evaluate(lookup)
      return value !== null && Number.isFinite(value) ? value : null
    }
    return { names: [...reading.used], evaluate: finite }
  } catch (error) {
    if (!(error instanceof Faulty)) throw error
    const place = placeOf(text, error)
    return place === null ? error.fault : { ...error.fault, place }
  }
}

function placeOf(text: string, { fault, word }: Faulty): { from: number; until: number } | null {
  const character = fault.values['character']
  if (typeof character === 'number') return { from: Math.min(character - 1, text.length), until: text.length }
  if (word === null) return null
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + 1)) {
    const until = from + word.length
    // `n` is not found inside `min`, but an operator may touch a name.
    const inside = /\w/.test(word) && /[\w.]/.test((text[from - 1] ?? ' ') + (text[until] ?? ' '))
    if (!inside) return { from, until }
  }
  return null
}

export const isFault = (read: Formula | FormulaFault): read is FormulaFault => 'rule' in read

function parse(text: string): jsep.Expression {
  try {
    return jsep(text)
  } catch (error) {
    const { description, index } = error as { description?: string; index?: number }
    const character = (index ?? 0) + 1
    throw new Faulty(
      'formula-syntax',
      `The formula breaks off at character ${character}: ${description ?? 'not readable'}.`,
      { character },
    )
  }
}

function readPart(node: jsep.Expression, reading: Reading, depth: number): Part {
  if (depth > DEPTH_LIMIT)
    throw new Faulty('formula-depth', `The formula is nested deeper than ${DEPTH_LIMIT} levels.`, {
      limit: DEPTH_LIMIT,
    })
  const inner = (child: unknown) => readPart(child as jsep.Expression, reading, depth + 1)
  switch (node.type) {
    case 'Literal': {
      const { value } = node as jsep.Literal
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new Faulty('formula-text', 'A formula holds numbers and names, no texts.', {}, (node as jsep.Literal).raw)
      return { evaluate: () => value, unit: null }
    }
    case 'Identifier':
    case 'MemberExpression':
      return named(nameOf(node), reading)
    case 'UnaryExpression': {
      const { operator, argument } = node as jsep.UnaryExpression
      if (operator !== '-' && operator !== '+' && operator !== '!') throw unknownOperator(operator)
      const part = inner(argument)
      const of = {
        '-': (value: number) => -value,
        '+': (value: number) => value,
        '!': (value: number) => Number(value === 0),
      }[operator]
      return { ...part, evaluate: (lookup) => mapped(part.evaluate(lookup), of) }
    }
    case 'BinaryExpression': {
      const { operator, left, right } = node as jsep.BinaryExpression
      return binary(operator, inner(left), inner(right))
    }
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = node as jsep.ConditionalExpression
      const [asked, yes, no] = [inner(test), inner(consequent), inner(alternate)]
      sameUnit('?', yes, no)
      const evaluate: Evaluate = (lookup) => {
        const holds = asked.evaluate(lookup)
        return holds === null ? null : holds === 0 ? no.evaluate(lookup) : yes.evaluate(lookup)
      }
      return { evaluate, unit: yes.unit ?? no.unit }
    }
    case 'CallExpression':
      return call(node as jsep.CallExpression, inner)
    default:
      throw new Faulty(
        'formula-form',
        'A formula holds numbers, names, + - * / ( ), comparisons, a ? b : c and functions.',
      )
  }
}

const unknownOperator = (operator: string) =>
  new Faulty('formula-operator', `${operator} is no operator of formulas.`, { operator }, operator)
const mapped = (value: number | null, of: (value: number) => number) => (value === null ? null : of(value))

function nameOf(node: jsep.Expression): string {
  if (node.type === 'Identifier') return (node as jsep.Identifier).name
  const { object, property, computed } = node as jsep.MemberExpression
  if (computed || object.type !== 'Identifier' || property.type !== 'Identifier')
    throw new Faulty('formula-member', 'A quantity is a name, or a name and one of its figures: visits.sum')
  return `${(object as jsep.Identifier).name}.${(property as jsep.Identifier).name}`
}

function named(name: string, { known, used }: Reading): Part {
  if (!known.has(name)) {
    const offered = [...known.keys()].slice(0, 20).join(', ')
    throw new Faulty(
      'formula-name',
      `The formula names ${name}, which is not among: ${offered}.`,
      { name, offered },
      name,
    )
  }
  used.add(name)
  return { evaluate: (lookup) => lookup(name), unit: known.get(name) ?? undefined }
}

function binary(operator: string, left: Part, right: Part): Part {
  const of = BINARY[operator]
  if (!of) throw unknownOperator(operator)
  const evaluate: Evaluate = (lookup) => {
    const [one, other] = [left.evaluate(lookup), right.evaluate(lookup)]
    return one === null || other === null ? null : of(one, other)
  }
  if (operator === '*')
    return { evaluate, unit: left.unit === null ? right.unit : right.unit === null ? left.unit : undefined }
  if (operator === '/') return { evaluate, unit: right.unit === null ? left.unit : undefined }
  if (operator === '&&' || operator === '||') return { evaluate, unit: null }
  sameUnit(operator, left, right)
  return { evaluate, unit: '+-'.includes(operator) ? (left.unit ?? right.unit) : null }
}

/** Minutes and percent do not add up. Bare numbers and quantities without a declared unit go with everything. */
function sameUnit(operator: string, left: Part, right: Part): void {
  if (!left.unit || !right.unit || left.unit === right.unit) return
  throw new Faulty(
    'formula-unit',
    `${left.unit} ${operator} ${right.unit}: quantities of different units are not added or compared.`,
    { left: left.unit, operator, right: right.unit },
    operator,
  )
}

function call(node: jsep.CallExpression, inner: (child: unknown) => Part): Part {
  const name = node.callee.type === 'Identifier' ? (node.callee as jsep.Identifier).name : ''
  const rule = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (!rule)
    throw new Faulty(
      'formula-function',
      `${name || 'This'} is no function of formulas; there are ${FORMULA_FUNCTIONS.join(', ')}.`,
      { name, offered: FORMULA_FUNCTIONS.join(', ') },
      name === '' ? null : name,
    )
  const parts = node.arguments.map(inner)
  if (parts.length < rule.least || parts.length > rule.most) {
    const count = rule.least === rule.most ? String(rule.least) : `${rule.least}–${rule.most}`
    throw new Faulty('formula-arguments', `${name} takes ${count} arguments.`, { name, count }, name)
  }
  const [first] = parts
  if (name !== 'sqrt' && name !== 'ln') for (const part of parts) sameUnit(name, first!, part)
  const unit = name === 'sqrt' || name === 'ln' ? undefined : first!.unit
  return { evaluate: (lookup) => rule.of(parts.map((part) => part.evaluate(lookup))), unit }
}

/** For texts that were checked when they were saved. */
export function checkedFormula(text: string, known: ReadonlyMap<string, string | null>): Formula {
  const read = readFormula(text, known)
  must(!isFault(read), 'a saved formula was checked')
  return read
}
