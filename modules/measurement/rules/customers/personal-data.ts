/** Whether values look like a person's own data rather than pseudonyms. */
import type { PersonalKind } from '../../contract/customers/customers.ts'

/** Chinese mobile numbers: eleven digits, the second 3 to 9; with or without the country's code and dividers. */
const MOBILE = /^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/
const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

const IDENTITY = /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECKS = '10X98765432'

/** Citizen identity numbers with a date of birth and the check digit of GB 11643-1999 (ISO 7064, MOD 11-2). */
function isIdentityNumber(value: string): boolean {
  if (!IDENTITY.test(value)) return false
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(value[place]), 0)
  return CHECKS[sum % 11] === value[17]!.toUpperCase()
}

const kinds: readonly (readonly [PersonalKind, (value: string) => boolean])[] = [
  ['identity-number', isIdentityNumber],
  ['phone', (value) => MOBILE.test(value)],
  ['e-mail', (value) => E_MAIL.test(value)],
]

/** From this share of a sample on an attribute is refused. */
const PERSONAL_SHARE = 0.01

/** The kind of personal data that one in a hundred values or more looks like. */
export function personalKindOf(values: readonly string[]): PersonalKind | null {
  for (const [kind, looks] of kinds) {
    const found = values.filter((value) => looks(value.trim())).length
    if (found > 0 && found >= PERSONAL_SHARE * values.length) return kind
  }
  return null
}

const FEWEST_CUSTOMERS = 20
const FEWEST_PER_CUSTOMER = 1.2
const MOST_PER_CUSTOMER = 2_000

/** Many values, and most of them come again, but not all the time. */
export const looksLikePseudonyms = (events: number, distinct: number): boolean =>
  distinct >= FEWEST_CUSTOMERS && events / distinct >= FEWEST_PER_CUSTOMER && events / distinct <= MOST_PER_CUSTOMER
