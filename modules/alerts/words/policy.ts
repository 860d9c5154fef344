/** Sentences of what each colour obliges to. */
import type { Words } from '#platform/web/words'

export const policyWords = {
  title: { zh: '处置要求与时限', en: 'Duties and deadlines' },
  lead: {
    zh: '每种颜色要求做什么、由谁做、多久之内做完，到期不做逐级上报给谁。修改只影响以后发出的预警，已发出的仍按原要求。',
    en: 'What each colour obliges to, who owes it by when, and whom it climbs to. Changes hold for new alerts; those raised keep theirs.',
  },
  dutyZh: { zh: '一句话要求（中文）', en: 'In one sentence (Chinese)' },
  dutyEn: { zh: '一句话要求（英文）', en: 'In one sentence (English)' },
  duties: { zh: '具体任务', en: 'Duties' },
  addDuty: { zh: '添加任务', en: 'Add a duty' },
  remove: { zh: '移除', en: 'Remove' },
  taskZh: { zh: '任务（中文）', en: 'Duty (Chinese)' },
  taskEn: { zh: '任务（英文）', en: 'Duty (English)' },
  kind: { zh: '类型', en: 'Kind' },
  role: { zh: '由谁', en: 'Who' },
  hours: { zh: '时限（小时）', en: 'Within hours' },
  clock: { zh: '怎么算时间', en: 'Clock' },
  clockOf: {
    calendar: { zh: '自然时间', en: 'By the clock' },
    working: { zh: '工作时间', en: 'Working time' },
  },
  every: { zh: '重复（小时）', en: 'Again every (h)' },
  withinCalendar: { zh: '{hours} 小时内', en: 'within {hours} {hours|hour|hours}' },
  withinWorking: { zh: '{hours} 个工作小时内', en: 'within {hours} working {hours|hour|hours}' },
  everyHours: { zh: '每 {hours} 小时一次', en: 'every {hours} {hours|hour|hours}' },
  escalate: { zh: '逾期后每隔几小时上报一级（不填为不上报）', en: 'Overdue: one step up every (empty: never)' },
  escalateTo: { zh: '上报给（依次）', en: 'Climbs to (in turn)' },
  escalates: {
    zh: '逾期每 {hours} 小时上报一级：{roles}',
    en: 'overdue, it climbs every {hours} {hours|hour|hours}: {roles}',
  },
  calendar: {
    zh: '工作时间按哪个日历（不选为周一至周五 9–18 点）',
    en: 'Calendar of working time (none: weekdays 9 to 18)',
  },
  relapseDays: { zh: '关闭后几天内复发算同一条', en: 'A relapse within so many days reopens' },
  relapse: {
    zh: '关闭后 {days} 天内再次触发，重新打开原来那条，不另发新的。',
    en: 'An alert that comes back within {days} days of closing is opened again rather than raised anew.',
  },
  saved: { zh: '处置要求已保存', en: 'Saved' },
  need: { zh: '请填写', en: 'Fill this in' },
} as const satisfies Words
