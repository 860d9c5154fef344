/** How a customer stands in addresses, and how cells of the forecast are told. */
import type { ForecastCell } from '#measurement/contract'
import type { Say } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'

const words = all.customers

/** Pseudonyms may hold anything, also slashes and dots: base64url keeps addresses whole. */
export function customerPath(id: string): string {
  const text = btoa(String.fromCodePoint(...new TextEncoder().encode(id)))
  return `/measure/customers/${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** The pseudonym in an address; empty where it is none. */
export function customerOf(part: string): string {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.codePointAt(0)!)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return ''
  }
}

type Bounds = Pick<ForecastCell, 'from' | 'to' | 'daysFrom' | 'daysTo'>

export function frequencyText({ from, to }: Bounds, say: Say): string {
  if (from === 0) return say(words.forecast.never)
  if (to === null) return say(words.forecast.timesFrom, { from })
  return to === from ? say(words.forecast.timesOne, { from }) : say(words.forecast.times, { from, to })
}

export const recencyText = ({ daysFrom, daysTo }: Bounds, say: Say): string =>
  daysFrom === null || daysTo === null ? '—' : say(words.forecast.ago, { from: daysFrom, to: daysTo })

export const cellText = (bounds: Bounds, say: Say): string =>
  bounds.daysFrom === null ? frequencyText(bounds, say) : `${frequencyText(bounds, say)} · ${recencyText(bounds, say)}`
