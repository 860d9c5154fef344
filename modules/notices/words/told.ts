/** What this module tells by itself. */
import type { NoticeWords } from '../rules/render.ts'

export const testNotice = {
  name: { zh: '测试消息', en: 'Test messages' },
  title: { zh: '测试消息', en: 'Test message' },
  body: {
    zh: '{person} 在测试“{robot}”。收到这条消息，说明地址、签名和关键词都正确。',
    en: '{person} is trying “{robot}”. As you can read this, address, signature and keyword are right.',
  },
} satisfies NoticeWords
