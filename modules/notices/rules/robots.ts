/**
 * What a group robot is sent, and what its answer means. Facts: the three makers' pages on custom robots, as collected in 2026 (DingTalk
 * custom robots, WeCom group robots 91770, Feishu custom bots). Nothing here reads a clock; signatures stand in `channels/sign.ts`.
 */
import type { DeliveryProblem, RobotKind } from '../contract.ts'
import { cutToBytes, sizeBytes } from './render.ts'

export type GroupRobot = Exclude<RobotKind, 'webhook'>

export interface Said {
  readonly title: string
  readonly body: string
  /** A whole address, where the installation knows its own. */
  readonly link: string | null
}

/** WeCom takes 4096 bytes of markdown; the others are kept to the same, which any of their messages allows. */
export const MARKDOWN_LIMIT_BYTES = 4096
/** The limit of plain text at WeCom; Feishu is sent plain text, and kept to it as well. */
export const TEXT_LIMIT_BYTES = 2048
const TITLE_LIMIT_BYTES = 200
const KEYWORD_SIGNS = '【】'

/** What a group would read as a call to everybody or as a picture from elsewhere stays text. */
const harmless = (text: string) =>
  text
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll(/[[\]]/g, (sign) => (sign === '[' ? '［' : '］'))
    .replaceAll('@', '＠')

/** Every message has to hold the word, and so has the title of markdown, which is what DingTalk shows in the list. */
const withKeyword = (text: string, keyword: string | null) =>
  keyword === null || text.includes(keyword) ? text : `${KEYWORD_SIGNS[0]}${keyword}${KEYWORD_SIGNS[1]}${text}`

const OPEN = { zh: '查看详情', en: 'Open' } as const

/** The end (a link) is kept whole; what stands before it is cut. */
function bounded(head: string, tail: string, limitBytes: number): string {
  return cutToBytes(head, limitBytes - sizeBytes(tail)) + tail
}

/** The body without signature. */
export function robotMessage(
  kind: GroupRobot,
  said: Said,
  options: { readonly keyword: string | null; readonly language: 'zh' | 'en' },
): Record<string, unknown> {
  const { keyword, language } = options
  // The word comes after the cut, or the cut could take it away.
  const room = TITLE_LIMIT_BYTES - (keyword === null ? 0 : sizeBytes(KEYWORD_SIGNS + keyword))
  const title = withKeyword(cutToBytes(harmless(said.title), room), keyword)
  const link = said.link === null ? '' : said.link.replaceAll(/[()\s<>]/g, (sign) => encodeURIComponent(sign))
  const body = harmless(said.body)
  if (kind === 'feishu') {
    const text = bounded(`${title}\n${body}`, link === '' ? '' : `\n${link}`, TEXT_LIMIT_BYTES)
    return { msg_type: 'text', content: { text } }
  }
  const end = link === '' ? '' : `\n\n[${OPEN[language]}](${link})`
  const text = bounded(`### ${title}\n${body.replaceAll('\n', '\n\n')}`, end, MARKDOWN_LIMIT_BYTES)
  return kind === 'dingtalk'
    ? { msgtype: 'markdown', markdown: { title, text } }
    : { msgtype: 'markdown', markdown: { content: text } }
}

/** Several notices in one message: the first ones by name, how many more there are, and where to read them. */
export function digestOf(
  titles: readonly string[],
  total: number,
  language: 'zh' | 'en',
): { title: string; body: string } {
  const shown = titles.slice(0, DIGEST_LINES)
  const more = total - shown.length
  const lines = shown.map((title, index) => `${index + 1}. ${title}`)
  const rest = { zh: `另有 ${more} 条，请到收件箱查看。`, en: `${more} more: see the inbox.` }[language]
  return {
    title: { zh: `${total} 条通知`, en: `${total} notices` }[language],
    body: [...lines, ...(more > 0 ? [rest] : [])].join('\n'),
  }
}
export const DIGEST_LINES = 20

/** Answers of the makers that say "too often" (their error tables). */
const TOO_OFTEN: Readonly<Record<GroupRobot, readonly number[]>> = {
  dingtalk: [130_101, 410_100],
  wecom: [45_009, 45_033],
  feishu: [9_499, 11_232, 11_233],
}

export interface Verdict {
  readonly problem: DeliveryProblem | null
  /** How long this robot is left alone, in seconds. */
  readonly restSeconds: number
}
const AGAIN = 0
/** DingTalk mutes a robot for ten minutes; the others recover within one. */
const REST_SECONDS: Readonly<Record<GroupRobot, number>> = { dingtalk: 600, wecom: 60, feishu: 60 }

/** What a status and the text of an answer mean. Success is 0 in `errcode` or `code`; whatever is no JSON of that form is garbage. */
export function judgeAnswer(kind: GroupRobot, status: number, text: string): Verdict {
  if (status === 429) return { problem: 'rate-limit', restSeconds: REST_SECONDS[kind] }
  if (status >= 300 && status < 400) return { problem: 'redirect', restSeconds: AGAIN }
  if (status < 200 || status >= 400) return { problem: 'status', restSeconds: AGAIN }
  const code = codeOf(text)
  if (code === null) return { problem: 'garbage', restSeconds: AGAIN }
  if (code === 0) return { problem: null, restSeconds: AGAIN }
  if (TOO_OFTEN[kind].includes(code)) return { problem: 'rate-limit', restSeconds: REST_SECONDS[kind] }
  return { problem: 'refused', restSeconds: AGAIN }
}

function codeOf(text: string): number | null {
  try {
    const answer = JSON.parse(text) as { errcode?: unknown; code?: unknown; StatusCode?: unknown } | null
    const code = answer?.errcode ?? answer?.code ?? answer?.StatusCode
    return typeof code === 'number' ? code : null
  } catch {
    return null
  }
}
