/** E-mail by the server the operator names. Plain text: it reads the same everywhere and carries nothing that could be fetched. */
import { createTransport } from 'nodemailer'
import { failedWith, type Outcome } from './outcome.ts'

const WAIT_MILLISECONDS = 10_000

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…` */
  readonly url: string
  readonly from: string
}
export interface Mail {
  /** The same on every attempt, so that servers that look at it drop the second. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly urgent: boolean
}
export interface Mailer {
  readonly send: (mail: Mail) => Promise<Outcome>
}

export function createMailer(settings: MailSettings): Mailer {
  const waits = {
    connectionTimeout: WAIT_MILLISECONDS,
    greetingTimeout: WAIT_MILLISECONDS,
    socketTimeout: WAIT_MILLISECONDS,
    dnsTimeout: WAIT_MILLISECONDS,
  }
  const transport = createTransport({ url: settings.url, ...waits, disableFileAccess: true, disableUrlAccess: true })
  return {
    send: async (mail) => {
      try {
        const sent = await transport.sendMail({
          from: settings.from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: `<${mail.id}@bihuan>`,
          ...(mail.urgent ? { priority: 'high' } : {}),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { problem: null, status: null, answer: sent.response, restSeconds: 0 }
      } catch (error) {
        return judgeMailError(error)
      }
    },
  }
}

/** Servers answer 4xx for what may pass and 5xx for what will not (RFC 5321 section 4.2.1); a refused sign-in does not pass either. */
export function judgeMailError(error: unknown): Outcome {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string }
  const text = message ?? ''
  if (responseCode !== undefined && responseCode >= 500) return failedWith('mail-refused', text)
  if (responseCode === undefined && (code === 'EAUTH' || code === 'EENVELOPE')) return failedWith('mail-refused', text)
  return failedWith(code === 'ETIMEDOUT' ? 'slow' : 'unreachable', text)
}
