/** Finds phrases in what people write, and tells whether they are meant or denied. Chinese and English; no dictionary of moods. */

export interface Found {
  /** As the rule has it. */
  readonly phrase: string
  /** Some words around it as they were written. */
  readonly excerpt: string
  readonly denied: boolean
}

export interface Phrases {
  readonly phrases: readonly string[]
  /** Where a mention lies inside one of these it is harmless. */
  readonly except: readonly string[]
}

const EXCERPT_REACH = 24
/** Characters before a phrase within which a Chinese word of denial reaches it; a clause ends the reach. */
const DENIAL_REACH = 5
/** Words before a phrase within which an English one does. */
const DENIAL_WORDS = 3

const CLAUSE_END = /[，。！？；：、,.!?;:\n]|但是?|可是|不过|却/
/** Forced or doubled denials mean the opposite: 不得不投诉 is a complaint. */
const AFFIRMING =
  /不得不|不能不|不会不|没有不|不是不|无不|非[^，。]{0,3}不可|忍不住|受不了|气不过|不如|不只|不仅|不但|不光/g
const DENYING = /不|没|無|无|未|别|別|勿|莫|非|免/
const DENYING_WORDS = new Set([
  'no',
  'not',
  'never',
  'without',
  'nor',
  "don't",
  "didn't",
  "doesn't",
  "won't",
  "isn't",
  "wasn't",
  "can't",
  'cannot',
  "couldn't",
  "wouldn't",
  "haven't",
  "hasn't",
  'none',
])
const AFFIRMING_WORDS = new Set(['only', 'just', 'merely'])

/** Full width, case, compatibility forms and runs of blanks make no difference; every character keeps its place. */
function folded(text: string): string {
  return Array.from(text)
    .map((character) => {
      const plain = character.normalize('NFKC').toLowerCase()
      return plain.length === character.length ? plain : character
    })
    .join('')
    .replaceAll('’', "'")
}

const isLatin = (character: string | undefined) => character !== undefined && /[\p{Script=Latin}\d]/u.test(character)

/** Every phrase at its first place that is not harmless, meant ones before denied ones. Cost: phrases times length. */
export function findPhrases(text: string, { phrases, except }: Phrases): Found[] {
  const whole = folded(text)
  const harmless = except.flatMap((phrase) => placesOf(whole, folded(phrase)))
  const found: Found[] = []
  for (const phrase of phrases) {
    const places = placesOf(whole, folded(phrase)).filter(
      (place) => !harmless.some((each) => each.from <= place.from && place.until <= each.until),
    )
    const denied = places.map((place) => isDenied(whole, place.from))
    const chosen = Math.max(0, denied.indexOf(false))
    const place = places[chosen]
    if (place) found.push({ phrase, excerpt: excerptOf(text, place), denied: denied[chosen]! })
  }
  return found.toSorted((a, b) => Number(a.denied) - Number(b.denied))
}

interface Place {
  readonly from: number
  readonly until: number
}

/** Latin phrases are whole words: "refund" is not found in "refunded", but a star at its end asks for that. */
function placesOf(text: string, phrase: string): Place[] {
  const open = phrase.endsWith('*')
  const wanted = open ? phrase.slice(0, -1) : phrase
  if (wanted === '') return []
  const places: Place[] = []
  for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + 1)) {
    const until = from + wanted.length
    const begins = !isLatin(wanted[0]) || !isLatin(text[from - 1])
    const ends = open || !isLatin(wanted.at(-1)) || !isLatin(text[until])
    if (begins && ends) places.push({ from, until })
  }
  return places
}

function isDenied(text: string, at: number): boolean {
  const before = text.slice(0, at)
  const clause = before.split(CLAUSE_END).at(-1)!
  const words = clause.trim().split(/\s+/).slice(-DENIAL_WORDS)
  const english = words.findLastIndex((word) => DENYING_WORDS.has(word) || word.endsWith("n't"))
  if (english >= 0 && !words.slice(english).some((word) => AFFIRMING_WORDS.has(word))) return true
  const near = clause
    .replaceAll(/\s/g, '')
    .replaceAll(AFFIRMING, (match) => '＊'.repeat(match.length))
    .slice(-DENIAL_REACH)
  return DENYING.test(near)
}

function excerptOf(text: string, { from, until }: Place): string {
  const [start, end] = [Math.max(0, from - EXCERPT_REACH), Math.min(text.length, until + EXCERPT_REACH)]
  const inside = text.slice(start, end).replaceAll(/\s+/g, ' ').trim()
  return `${start > 0 ? '…' : ''}${inside}${end < text.length ? '…' : ''}`
}
