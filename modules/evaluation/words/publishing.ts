/** Words about publishing rankings and objecting to them: refusals, and how a score came about, in sentences. */
import type { Words } from '#platform/web/words.ts'

export const publishingProblems = {
  PUBLICATION_EXISTS: {
    zh: '这个周期已经有一份发布（草稿、预览或已发布）。请继续处理那一份，或对已发布的做更正。',
    en: 'This period has a publication already. Go on with that one, or correct what is published.',
  },
  PUBLICATION_STATE: {
    zh: '发布处于当前状态时不能这样操作，可能已被同事处理。请刷新页面。',
    en: 'A publication in this state does not allow it; a colleague may have moved it on. Reload the page.',
  },
  PERIOD_NOT_COMPLETE: {
    zh: '{periodStart} 起的周期还没有结束或还没有最终得分，不能发布。周期结束后约一小时会自动算出最终得分。',
    en: 'The period from {periodStart} is not over, or has no final scores yet. They come within an hour of its end.',
  },
  APPEAL_WINDOW_OPEN: {
    zh: '异议期还没有结束（至 {until}），到期后才能发布。',
    en: 'Objections are taken until {until}. Publish after that.',
  },
  APPEALS_UNDECIDED: {
    zh: '还有 {count} 条异议没有处理，请先作出决定。',
    en: '{count} {count|objection waits|objections wait} for a decision. Decide first.',
  },
  CORRECTION_MISFIT: {
    zh: '只能更正同一周期、当前有效的那一份发布。请从该发布的页面发起更正。',
    en: 'Only the published table of the same period can be corrected. Begin on its own page.',
  },
  NOTHING_PUBLISHED: {
    zh: '方案“{scheme}”还没有发布过这种周期的得分，先发布一期再试。',
    en: 'Nothing of scheme “{scheme}” is published yet for periods of this length. Publish one first.',
  },
  APPEAL_CLOSED: {
    zh: '这份发布现在不接受异议：尚未进入预览、异议期已过，或已被更正、撤回。发布之后可以申请更正。',
    en: 'Objections are not taken now: it is not shown yet, the time is over, or it ended. Once published, ask for a correction.',
  },
  APPEAL_NOT_RESPONSIBLE: {
    zh: '只有单位“{entity}”的负责人（本级或上级的科室负责人）可以对它的得分提出异议。',
    en: 'Only somebody responsible for {entity}, its department head or one above it, may object.',
  },
  APPEAL_EXISTS: {
    zh: '关于这一项的异议已经提交，正在等待处理。如需补充，请先撤回再重新提交。',
    en: 'An objection about this waits for its decision. To add something, take it back and make it again.',
  },
  APPEAL_DECIDED: {
    zh: '这条异议已经处理或撤回，不能再改。',
    en: 'This objection is decided or was taken back.',
  },
  APPEAL_NOT_OWN: { zh: '只能撤回自己提交的异议。', en: 'Only who made an objection may take it back.' },
  DECISION_OWN: {
    zh: '不能处理自己提交的异议，也不能处理自己负责的单位的异议。请由其他同事处理。',
    en: 'Nobody decides an objection they made, or about a unit of their own. Ask a colleague.',
  },
  UNIT_NOT_PUBLISHED: {
    zh: '这份发布里没有单位“{entity}”。',
    en: 'The publication does not rank {entity}.',
  },
  WEBHOOK_ADDRESS_NOT_ALLOWED: {
    zh: '{host} 属于内部网络，不能作为通知地址。如需使用，请由管理员将 BIHUAN_PULL_PRIVATE 设为 allow。',
    en: '{host} lies in a private network. An administrator may set BIHUAN_PULL_PRIVATE to allow.',
  },
  SUBSCRIPTIONS_MANY: {
    zh: '通知地址已达上限（{limit} 个），请先删除不用的。',
    en: 'There are {limit} subscriptions already. Remove one first.',
  },
} as const satisfies Words
