/** What a person reads on the page of calendars, and the sentences of its refusals. */
import type { Sentence, Words } from '#platform/web/words'

export const calendarProblems = {
  CALENDAR_UNKNOWN: {
    zh: '没有编号为“{id}”的日历，它可能还没有创建。',
    en: 'There is no calendar with the id “{id}”.',
  },
  CALENDAR_EXISTS: {
    zh: '编号“{id}”已被另一个日历使用，请换一个编号，或直接修改那个日历。',
    en: 'Another calendar has the id “{id}”. Choose another id, or change that calendar.',
  },
  CALENDAR_CHANGED: {
    zh: '有人刚刚保存了第 {version} 版。请重新打开日历，在新版本上修改。',
    en: 'Somebody just saved version {version}. Open the calendar again and make your change there.',
  },
  CALENDAR_VERSION_LATER: {
    zh: '已有从 {effectiveFrom} 起生效的版本，新版本的生效日不能早于这一天。',
    en: 'A version holds from {effectiveFrom}. The new one may begin on that day at the earliest.',
  },
  CALENDAR_WITHOUT_WORKING_TIME: {
    zh: '这个日历没有任何营业时间，无法用来统计。请至少为一天填写时间。',
    en: 'This calendar is never open, so nothing can be judged by it. Give at least one day some hours.',
  },
} satisfies Words

export const calendarFields = {
  effectiveFrom: { zh: '生效日期', en: 'In force from' },
  weekdays: { zh: '每周时间', en: 'Weekly hours' },
  overrides: { zh: '特殊日期', en: 'Special days' },
  weekStart: { zh: '每周第一天', en: 'First day of the week' },
  fiscalYearStartMonth: { zh: '财年起始月', en: 'First month of the fiscal year' },
} satisfies Readonly<Record<string, Sentence>>
