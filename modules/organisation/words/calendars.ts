/** What a person reads on the pages of calendars, and the sentences of their refusals. */
import type { Sentence, Words } from '#platform/web/words'

const weekdays = {
  1: { zh: '周一', en: 'Mon' },
  2: { zh: '周二', en: 'Tue' },
  3: { zh: '周三', en: 'Wed' },
  4: { zh: '周四', en: 'Thu' },
  5: { zh: '周五', en: 'Fri' },
  6: { zh: '周六', en: 'Sat' },
  7: { zh: '周日', en: 'Sun' },
} satisfies Words

export const calendarWords = {
  title: { zh: '日历', en: 'Calendars' },
  lead: {
    zh: '营业时间、法定节假日和调休上班日。指标可以只统计营业时间内发生的事件，也可以按财年、零售年汇总。',
    en: 'Opening hours, public holidays and make-up workdays. Indicators can count what happens in opening hours only, and sum up by fiscal or retail years.',
  },
  weekdays,
  list: {
    title: { zh: '营业时间', en: 'Opening hours' },
    name: { zh: '名称', en: 'Name' },
    id: { zh: '编号', en: 'Id' },
    effectiveFrom: { zh: '最新版本生效日', en: 'Newest version from' },
    versions: { zh: '版本数', en: 'Versions' },
    holidays: { zh: '已含节假日', en: 'Holidays of' },
    noHolidays: { zh: '不随节假日', en: 'none' },
    add: { zh: '新建日历', en: 'New calendar' },
    seed: { zh: '一键创建办公时间日历', en: 'Create office hours' },
    seeded: { zh: '办公时间日历已创建', en: 'Office hours created' },
    empty: { zh: '还没有日历', en: 'No calendars yet' },
    emptyWhy: {
      zh: '可一键创建“办公时间”日历：周一至周五 09:00–17:30，含 {years} 年法定节假日和调休上班日。创建后随时可以修改。',
      en: 'Create “Office hours” in one step: Monday to Friday 09:00–17:30 with the Chinese public holidays and make-up workdays of {years}. Change it whenever you like.',
    },
    emptyRead: {
      zh: '改善办公室或系统管理员可以在这里创建日历。',
      en: 'The improvement office or an administrator can create one here.',
    },
  },
  gaps: {
    title: { zh: '部分日历缺少节假日', en: 'Some calendars lack public holidays' },
    known: {
      zh: '“{name}”没有 {year} 年的节假日：打开日历即可导入。',
      en: '“{name}” has no holidays of {year}: open it to import them.',
    },
    unknown: {
      zh: '“{name}”没有 {year} 年的节假日：本版本未收录该年安排。国务院公布后请升级，或在“特殊日期”中手工添加；在此之前，该年节假日会按普通日期统计。',
      en: '“{name}” has no holidays of {year}: this version does not know them. Upgrade once the State Council has announced them, or add them by hand as special days; until then they count as ordinary days.',
    },
  },
  edit: {
    newTitle: { zh: '新建日历', en: 'New calendar' },
    lead: {
      zh: '每次保存都会生成一个新版本，从生效日起适用；以前的版本不会改变。',
      en: 'Each save records a new version that holds from its first day on. Earlier versions stay as they are.',
    },
    basics: { zh: '基本信息', en: 'Basics' },
    nameZh: { zh: '中文名称', en: 'Name in Chinese' },
    nameEn: { zh: '英文名称（可不填）', en: 'Name in English (optional)' },
    needName: { zh: '请填写名称', en: 'Give it a name' },
    id: { zh: '编号', en: 'Id' },
    idWhy: { zh: '小写字母、数字和连字符；保存后不能更改', en: 'Small letters, digits, hyphens; fixed once saved' },
    needId: { zh: '编号只能用小写字母、数字和连字符', en: 'Small letters, digits and hyphens only' },
    effectiveFrom: { zh: '新版本生效日期', en: 'New version holds from' },
    needDay: { zh: '请选择生效日期', en: 'Choose the first day' },
    firstVersion: {
      zh: '第一个版本也适用于生效日以前的所有日期。',
      en: 'The first version also holds for all days before.',
    },
    corrects: {
      zh: '与第 {version} 版的生效日相同：新版本将更正它，原内容仍可查看。',
      en: 'The same day as version {version}: the new one corrects it. The old content can still be read.',
    },
    past: {
      zh: '生效日早于今天：这一天之后的历史日期也将按新版本判断。',
      en: 'The day lies in the past: days since then are judged by the new version, too.',
    },
    save: { zh: '保存为新版本', en: 'Save as a new version' },
    saved: { zh: '新版本已保存', en: 'New version saved' },
    fix: { zh: '请先改正标出的时间', en: 'Correct the marked hours first' },
    never: { zh: '请至少为一天填写营业时间', en: 'Give at least one day some hours' },
    shownFrom: { zh: '第 {version} 版，自 {day} 起生效', en: 'Version {version}, in force from {day}' },
    readOnly: { zh: '第 {version} 版，只读', en: 'Version {version}, read only' },
    overtaken: {
      zh: '有人刚刚保存了第 {version} 版，这里显示的是之前的内容。',
      en: 'Somebody just saved version {version}; what you see here is older.',
    },
    takeOver: { zh: '载入新版本', en: 'Load the new version' },
    backToNewest: { zh: '回到最新版本', en: 'Back to the newest version' },
  },
  hours: {
    title: { zh: '每周营业时间', en: 'Hours of the week' },
    lead: {
      zh: '直接输入，如 9-12, 13:30-17:30；留空为休息，全天写 0-24。跨夜请分两天填写：22-24 和次日 0-6。',
      en: 'Type 9-12, 13:30-17:30; empty is closed, 0-24 is all day. Past midnight takes two days: 22-24, then 0-6 on the next.',
    },
    of: { zh: '{day}营业时间', en: 'Hours on {day}' },
    closed: { zh: '休息', en: 'Closed' },
    total: { zh: '{hours} 小时', en: '{hours} h' },
    weekTotal: { zh: '每周共 {hours} 小时', en: '{hours} hours a week' },
    copy: { zh: '周一时间用于周二至周五', en: 'Monday hours until Friday' },
    problem: {
      unreadable: { zh: '看不懂，请写成 9-12, 13:30-17:30', en: 'Not understood: write 9-12, 13:30-17:30' },
      'open-before-close': {
        zh: '结束必须晚于开始；跨夜请分两天填写',
        en: 'The end comes after the start; past midnight takes two days',
      },
      overlap: { zh: '时间段有重叠', en: 'These hours overlap' },
    },
  },
  special: {
    title: { zh: '特殊日期', en: 'Special days' },
    lead: {
      zh: '这些日期不按每周时间，而按这里填写的时间。',
      en: 'These days follow the hours given here instead of the weekly ones.',
    },
    year: { zh: '年份', en: 'Year' },
    yearOf: { zh: '{year} 年', en: '{year}' },
    day: { zh: '日期', en: 'Day' },
    kind: { zh: '类型', en: 'Kind' },
    name: { zh: '名称', en: 'Name' },
    hours: { zh: '时间', en: 'Hours' },
    add: { zh: '添加日期', en: 'Add a day' },
    remove: { zh: '移除 {day}', en: 'Remove {day}' },
    import: { zh: '导入 {year} 年法定节假日', en: 'Import Chinese holidays of {year}' },
    imported: {
      zh: '已导入 {year} 年节假日，依据{notice}；保存后生效。',
      en: 'Holidays of {year} imported after State Council notice {notice}; they hold once you save.',
    },
    notKnown: {
      zh: '本版本未收录 {year} 年法定节假日（已收录 {years} 年）。',
      en: 'This version does not know the Chinese holidays of {year} (it knows {years}).',
    },
    none: { zh: '{year} 年没有特殊日期', en: 'No special days in {year}' },
    twice: { zh: '日期重复', en: 'This day is listed twice' },
    noDay: { zh: '请选择日期', en: 'Choose a day' },
    newName: { zh: '特殊安排', en: 'Special hours' },
    kinds: {
      holiday: { zh: '节假日', en: 'Holiday' },
      'make-up-workday': { zh: '调休上班', en: 'Make-up day' },
      special: { zh: '特殊安排', en: 'Special' },
    },
  },
  month: {
    title: { zh: '月历预览', en: 'Month' },
    before: { zh: '上个月', en: 'Month before' },
    after: { zh: '下个月', en: 'Month after' },
    today: { zh: '今天', en: 'Today' },
    marks: {
      open: { zh: '营业', en: 'Open' },
      closed: { zh: '休息', en: 'Closed' },
      holiday: { zh: '节假日', en: 'Holiday' },
      'make-up-workday': { zh: '调休上班', en: 'Make-up' },
      special: { zh: '特殊', en: 'Special' },
    },
  },
  versions: {
    title: { zh: '版本记录', en: 'Versions' },
    version: { zh: '版本', en: 'Version' },
    number: { zh: '第 {version} 版', en: 'Version {version}' },
    from: { zh: '生效日', en: 'Holds from' },
    recorded: { zh: '保存时间', en: 'Recorded' },
    by: { zh: '保存人', en: 'By' },
    state: { zh: '状态', en: 'State' },
    now: { zh: '当前生效', en: 'In force' },
    later: { zh: '尚未生效', en: 'Not yet in force' },
    over: { zh: '已被后续版本接替', en: 'Followed by a later one' },
    corrected: { zh: '已被更正', en: 'Corrected' },
    show: { zh: '查看', en: 'Show' },
  },
  periods: {
    title: { zh: '周期设置', en: 'Weeks and years' },
    lead: {
      zh: '决定周、财年和零售年从哪一天开始；修改后，过去的周期也会重新划分。',
      en: 'On which days weeks, fiscal years and retail years begin. A change cuts past periods anew.',
    },
    weekStart: { zh: '每周第一天', en: 'Week begins on' },
    fiscal: { zh: '财年起始月', en: 'Fiscal year begins in' },
    retail: { zh: '零售年', en: 'Retail year' },
    retailWhy: {
      zh: '零售年由 52 或 53 个整周组成，每季按所选周数分成三个月；多出的第 53 周并入最后一个月。',
      en: 'A retail year has 52 or 53 whole weeks; each quarter is three months of so many weeks. A 53rd week joins the last month.',
    },
    pattern: { zh: '每季周数', en: 'Weeks of a quarter' },
    endsOn: { zh: '结束于', en: 'Ends on' },
    rules: {
      last: { zh: '该月最后一个', en: 'the last one of' },
      nearest: { zh: '最接近该月月底的', en: 'the one nearest to the end of' },
    },
    rule: { zh: '规则', en: 'Rule' },
    month: { zh: '月份', en: 'Month' },
    monthOf: { zh: '{month} 月', en: '{month}' },
    weekday: { zh: '星期', en: 'Weekday' },
    timeZone: { zh: '机构时区', en: 'Time zone' },
    timeZoneWhy: {
      zh: '时区在首次设置时确定，不能在这里更改：更改会让全部历史数据重新划分日期。',
      en: 'Set once when the installation was set up. It is not changed here: that would cut all of history into other days.',
    },
    save: { zh: '保存周期设置', en: 'Save' },
    saved: { zh: '周期设置已保存', en: 'Saved' },
    preview: { zh: '今天所在的周期', en: 'The periods of today' },
    week: { zh: '本周', en: 'This week' },
    fiscalYear: { zh: '{year} 财年', en: 'Fiscal year {year}' },
    retailYear: { zh: '{year} 零售年', en: 'Retail year {year}' },
    range: { zh: '{from} 至 {to}', en: '{from} to {to}' },
    weeks: { zh: '{count} 周', en: '{count} weeks' },
    quarter: { zh: '第 {number} 季', en: 'Q{number}' },
    retailMonth: { zh: '第 {number} 月', en: 'Month {number}' },
    retailMonths: { zh: '零售年的各月', en: 'Months of the retail year' },
  },
} satisfies Words

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
  effectiveFrom: calendarWords.edit.effectiveFrom,
  weekdays: calendarWords.hours.title,
  overrides: calendarWords.special.title,
  weekStart: calendarWords.periods.weekStart,
  fiscalYearStartMonth: calendarWords.periods.fiscal,
} satisfies Readonly<Record<string, Sentence>>
