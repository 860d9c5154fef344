/** A sign of stars as a picture: small, readable by people and by programs that read aloud, in colours that keep their contrast. */
import { type Language, sayIn } from '#platform/web/words.ts'
import { signWords } from '../../words/publishing.ts'

export interface SignFacts {
  readonly organisation: string
  readonly title: string
  readonly name: string
  readonly period: string
  readonly stars: number
  readonly code: string
}

const WIDTH = 320
const HEIGHT = 104
const MOST_STARS = 5
/** Letters of Chinese are about twice as wide as those of English. */
const LINE_WIDTH = 44

/** Numbers of a five-pointed star of radius 1 around 0. */
const STAR = Array.from({ length: 10 }, (_, corner) => {
  const [radius, angle] = [corner % 2 === 0 ? 1 : 0.4, (Math.PI * corner) / 5 - Math.PI / 2]
  return [radius * Math.cos(angle), radius * Math.sin(angle)] as const
})
const starAt = (x: number, y: number, radius: number) =>
  STAR.map(([dx, dy]) => `${(x + radius * dx).toFixed(1)},${(y + radius * dy).toFixed(1)}`).join(' ')

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** What XML cannot hold is left out, what it reads as markup is written out. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t]|[\u{fffe}\u{ffff}]/gu, '')
    .replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!)

const widthOf = (letter: string) => (/[\u{1100}-\u{ffff}\u{20000}-\u{3ffff}]/u.test(letter) ? 2 : 1)
/** Cut where it would run out of the picture. */
function shortened(text: string, most = LINE_WIDTH): string {
  let [width, kept] = [0, '']
  for (const letter of text) {
    width += widthOf(letter)
    if (width > most) return `${kept}…`
    kept += letter
  }
  return kept
}

export function starSign(facts: SignFacts, language: Language): string {
  const { organisation, title, name, period, stars, code } = facts
  const told = sayIn(language, signWords.told, { organisation, period, name, stars: String(stars) })
  const drawn = Array.from({ length: MOST_STARS }, (_, place) => {
    const own = place < stars ? 'fill="#b45309"' : 'fill="none" stroke="#767676" stroke-width="1.2"'
    return `<polygon points="${starAt(22 + 24 * place, 52, 10)}" ${own}/>`
  }).join('')
  const line = (y: number, size: number, colour: string, text: string) =>
    `<text x="12" y="${y}" font-size="${size}" fill="${colour}">${plain(text)}</text>`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" ` +
    `aria-labelledby="t d" lang="${language}" font-family="system-ui, 'Noto Sans SC', 'Microsoft YaHei', sans-serif">` +
    `<title id="t">${plain(told)}</title><desc id="d">${plain(`${title} · ${sayIn(language, signWords.verify)} ${code}`)}</desc>` +
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8" fill="#ffffff" stroke="#d4d4d4"/>` +
    line(28, 17, '#171717', shortened(name, 34)) +
    drawn +
    `<text x="140" y="58" font-size="16" fill="#171717">${stars} / ${MOST_STARS}</text>` +
    line(80, 12, '#525252', shortened(`${title} · ${period}`)) +
    line(96, 11, '#525252', shortened(`${organisation} · ${sayIn(language, signWords.verify)} ${code}`, 48)) +
    '</svg>'
  )
}
