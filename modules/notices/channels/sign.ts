/** Signatures of group robots. The two makers swap key and message: taking one for the other is the classic failure. */
import { createHmac } from 'node:crypto'

/** DingTalk: the secret is the key, "milliseconds\nsecret" the message; both go into the query, percent-encoded. */
export function dingtalkSign(secret: string, milliseconds: number): string {
  return createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64')
}

/** Feishu: "seconds\nsecret" is the key, the message is empty; both go into the body. */
export function feishuSign(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64')
}
