/** Local servers that keep the rules of the three makers: signature, clock window, keyword, size, twenty a minute and the mute after it. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createLine } from 'node:net'

export type FakeKind = 'dingtalk' | 'wecom' | 'feishu'
export interface Heard {
  readonly kind: FakeKind
  readonly at: Temporal.Instant
  readonly text: string
  readonly title: string | null
  readonly verdict: 'ok' | 'sign' | 'clock' | 'keyword' | 'size' | 'rate'
}
/** What the next requests get instead of a judgement. */
export type Trick = 'hang' | 'redirect-inward' | 'garbage' | 'endless' | 500 | 429 | 'hang-up'

export interface FakeRobots {
  readonly url: (kind: FakeKind) => string
  readonly heard: Heard[]
  readonly tricks: Trick[]
  /** Requests to the address a redirect led to: there must be none. */
  readonly inward: () => number
  readonly rules: { secret: string | null; keyword: string | null }
  readonly forget: () => void
  readonly close: () => Promise<void>
}

const WINDOW_MILLISECONDS = 60 * 60_000
const PER_MINUTE = 20
const MUTE_MINUTES = 10
const TOKEN = 'token-of-a-test-robot-0123456789'
const MARKDOWN_BYTES = 4096
const TEXT_BYTES = 2048
const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64')

interface Body {
  readonly timestamp?: string
  readonly sign?: string
  readonly content?: { readonly text: string }
  readonly markdown?: { readonly title?: string; readonly text?: string; readonly content?: string }
}
const CODES = {
  dingtalk: { ok: 0, sign: 310_000, clock: 310_000, keyword: 310_000, size: 460_101, rate: 130_101 },
  wecom: { ok: 0, sign: 0, clock: 0, keyword: 0, size: 40_058, rate: 45_009 },
  feishu: { ok: 0, sign: 19_021, clock: 19_021, keyword: 19_024, size: 9_499, rate: 11_232 },
} as const

interface Asked {
  readonly kind: FakeKind
  readonly url: URL
  readonly body: Body
  readonly text: string
  readonly title: string | null
}

function judgeSign({ kind, url, body }: Asked, secret: string, now: Temporal.Instant): 'sign' | 'clock' | null {
  const dingtalk = kind === 'dingtalk'
  const stamp = (dingtalk ? url.searchParams.get('timestamp') : body.timestamp) ?? ''
  const sign = dingtalk ? url.searchParams.get('sign') : body.sign
  const milliseconds = Number(stamp) * (dingtalk ? 1 : 1000)
  if (!(Math.abs(now.epochMilliseconds - milliseconds) < WINDOW_MILLISECONDS)) return 'clock'
  const right = dingtalk ? hmac(secret, `${stamp}\n${secret}`) : hmac(`${stamp}\n${secret}`, '')
  return sign === right ? null : 'sign'
}

function judgeContent({ kind, text, title }: Asked, keyword: string | null): Heard['verdict'] {
  if (keyword !== null && !(text.includes(keyword) && (title ?? keyword).includes(keyword))) return 'keyword'
  return Buffer.byteLength(text) > (kind === 'feishu' ? TEXT_BYTES : MARKDOWN_BYTES) ? 'size' : 'ok'
}

function play(trick: Trick, request: IncomingMessage, response: ServerResponse): void {
  if (trick === 'hang') return
  if (trick === 'hang-up') return void request.socket.destroy()
  if (trick === 'redirect-inward') return void response.writeHead(302, { location: '/inward' }).end()
  if (trick === 'garbage') return void response.writeHead(200).end(`<html>${TOKEN}\u0000</html>`)
  if (trick === 'endless') {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(4096)), 1)
    return void response.on('close', () => clearInterval(more))
  }
  response.writeHead(trick).end('no')
}

function readAsked(request: IncomingMessage, sent: string): Asked {
  const url = new URL(request.url ?? '/', 'http://fake')
  const kind = url.pathname.split('/')[1] as FakeKind
  const body = JSON.parse(sent) as Body
  const text = (kind === 'feishu' ? body.content?.text : (body.markdown?.text ?? body.markdown?.content)) ?? ''
  return { kind, url, body, text, title: kind === 'dingtalk' ? (body.markdown?.title ?? '') : null }
}

export async function fakeRobots(now: () => Temporal.Instant): Promise<FakeRobots> {
  const heard: Heard[] = []
  const tricks: Trick[] = []
  const rules: FakeRobots['rules'] = { secret: null, keyword: null }
  let inward = 0
  let mutedUntil: Temporal.Instant | null = null

  const judge = (asked: Asked): Heard['verdict'] => {
    if (mutedUntil && Temporal.Instant.compare(now(), mutedUntil) < 0) return 'rate'
    const taken = heard.filter((each) => each.kind === asked.kind && each.verdict === 'ok')
    if (taken.filter((each) => now().since(each.at).total('seconds') < 60).length >= PER_MINUTE) {
      if (asked.kind === 'dingtalk') mutedUntil = now().add({ minutes: MUTE_MINUTES })
      return 'rate'
    }
    const signs = rules.secret !== null && asked.kind !== 'wecom'
    return (signs ? judgeSign(asked, rules.secret ?? '', now()) : null) ?? judgeContent(asked, rules.keyword)
  }
  const answer = (request: IncomingMessage, sent: string, response: ServerResponse) => {
    const trick = tricks.shift()
    if (trick !== undefined) return play(trick, request, response)
    const asked = readAsked(request, sent)
    const verdict = judge(asked)
    heard.push({ kind: asked.kind, at: now(), text: asked.text, title: asked.title, verdict })
    const code = CODES[asked.kind][verdict]
    const said = asked.kind === 'feishu' ? { code, msg: verdict } : { errcode: code, errmsg: `${verdict} ${TOKEN}` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  }
  const server = createServer((request, response) => {
    if (request.url === '/inward') inward += 1
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: (kind) => (kind === 'feishu' ? `${address}/feishu/hook/${TOKEN}` : `${address}/${kind}/send?key=${TOKEN}`),
    heard,
    tricks,
    rules,
    inward: () => inward,
    forget: () => {
      heard.length = 0
      tricks.length = 0
      mutedUntil = null
      rules.secret = null
      rules.keyword = null
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface FakeMail {
  readonly url: string
  readonly mails: { to: string; data: string }[]
  /** Answers to the next recipients, e.g. `550 no`. */
  readonly answers: string[]
  readonly close: () => Promise<void>
}

/** As much of SMTP (RFC 5321) as one message needs. */
export async function fakeMail(): Promise<FakeMail> {
  const mails: FakeMail['mails'] = []
  const answers: string[] = []
  const server = createLine((socket) => {
    let rest = ''
    let data: string[] | null = null
    let to = ''
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 fake')
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('utf8')
      const lines = rest.split('\r\n')
      rest = lines.pop()!
      for (const line of lines) {
        if (data !== null) {
          if (line !== '.') data.push(line)
          else {
            mails.push({ to, data: data.join('\n') })
            data = null
            say('250 queued')
          }
        } else if (/^(EHLO|HELO)/.test(line)) say('250 fake')
        else if (line.startsWith('RCPT')) {
          to = /<(.*?)>/.exec(line)?.[1] ?? ''
          say(answers.shift() ?? '250 ok')
        } else if (line === 'DATA') {
          data = []
          say('354 go on')
        } else if (line === 'QUIT') say('221 bye')
        else say('250 ok')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
