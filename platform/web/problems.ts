/** Tells any error in the reader's language, with the way out, and lays field errors on the form they belong to. */
import { ORPCError } from '@orpc/client'
import type { FormInstance } from 'antd'
import { useEffect } from 'react'
import { floorProblems, floorWords, otherProblems } from './floor-words.ts'
import { useLanguage } from './language.tsx'
import { type Language, type Sentence, sayIn } from './words.ts'

type Table = Readonly<Record<string, Sentence>>
const sentences: Record<string, Sentence> = { ...floorProblems, ...otherProblems }
const fieldNames: Record<string, Sentence> = {}

/** Each module brings the words of its refusals and fields: `registerProblems(problems, fields)`, once, at start. */
export function registerProblems(problems: Table, fields: Table = {}): void {
  Object.assign(sentences, problems)
  Object.assign(fieldNames, fields)
}

export interface Issue {
  readonly field: string
  readonly rule: string
  readonly message: string
  /** What the rule's sentence is filled with. */
  readonly values?: Readonly<Record<string, string | number>> | undefined
}

/** The issues a refusal carries: of fields (INVALID and the like) or of rows of a file. */
export function issuesOf(error: unknown): readonly Issue[] {
  const data = error instanceof ORPCError ? (error.data as { issues?: unknown } | null | undefined) : undefined
  return Array.isArray(data?.issues) ? (data.issues as Issue[]) : []
}

/** A field as the form calls it: `goal.toValue` looks for `goal.toValue`, then `toValue`. */
export function fieldName(field: string, language: Language): string {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part))
  const found = fieldNames[parts.join('.')] ?? fieldNames[parts.at(-1) ?? '']
  return found ? found[language] : field
}

const HAN = /\p{Script=Han}/u
/** Names of data types, which the validator leaves in English inside Chinese sentences. */
const CODE_WORDS = /\b(string|number|int|array|object|record|boolean|undefined|null|NaN|union)\b/

/** What the sender wrote stands in quotes, in whatever language. */
const QUOTED = /"([^"]*)"/
const FULL_QUOTES = { zh: ['“', '”：'], en: ['“', '”: '] } as const

/** What is wrong with a field. The server answers in our language; where it did not, the rule is told, with what was written. */
export function issueText(issue: Issue, language: Language): string {
  const said = issue.message.replace(QUOTED, '')
  const fits = language === 'zh' ? HAN.test(said) && !CODE_WORDS.test(said) : !HAN.test(said)
  if (fits && issue.message !== '') return issue.message
  const own = sentences[issue.rule] ?? (floorWords.rule as Table)[issue.rule]
  if (!own) return issue.message
  if (issue.values) return sayIn(language, own, issue.values)
  const written = QUOTED.exec(issue.message)?.[1]
  const [open, close] = FULL_QUOTES[language]
  return written === undefined ? own[language] : `${open}${written}${close}${own[language]}`
}

/** The sentence of a refusal by its code, where one is known. */
export const problemSentence = (code: string): Sentence | undefined => sentences[code]

/** One error as one sentence. */
function problemText(error: unknown, language: Language): string {
  if (!(error instanceof ORPCError)) {
    const broken = error instanceof TypeError || (error instanceof Error && error.name === 'AbortError')
    return sayIn(language, broken ? floorWords.problem.broken : floorWords.problem.unknown)
  }
  const known = sentences[error.code]
  const data = (error.data !== null && typeof error.data === 'object' ? error.data : {}) as Record<string, unknown>
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) values[name] = value.join('、')
  }
  if (known) return sayIn(language, known, values)
  if (error.status >= 500) return sayIn(language, floorWords.problem.unknown)
  return sayIn(language, floorWords.problem.refused, { title: error.message })
}

export function useProblemText(): (error: unknown) => string {
  const { language } = useLanguage()
  return (error) => problemText(error, language)
}

/** Marks the fields a refusal names, so that each stands red with its reason. Fields count from the form's root. */
export function useFieldProblems<T extends object>(form: FormInstance<T>, error: unknown): void {
  const { language } = useLanguage()
  useEffect(() => {
    const issues = issuesOf(error)
    if (issues.length === 0) return
    const marked = issues.map((issue) => ({
      name: issue.field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      errors: [issueText(issue, language)],
    }))
    form.setFields(marked as never)
    const first = marked[0]
    if (first) form.scrollToField(first.name, { block: 'center' })
  }, [form, error, language])
}
