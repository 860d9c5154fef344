/** Every sentence of `alerts` a person reads. */
import type { alertRefusals } from './contract.ts'
import { checklistWords, drillWords, sharingWords } from './words/checklist.ts'
import { conditionWords } from './words/conditions.ts'
import { actWords, deskWords } from './words/desk.ts'
import { dutyWords, historyWords, pageWords } from './words/page.ts'
import { policyWords } from './words/policy.ts'
import { quietWords } from './words/quiet.ts'
import { formWords, ruleWords } from './words/rules.ts'
import { tryingWords } from './words/trying.ts'
import { whyWords } from './words/why.ts'
import type { ProblemWords, Words } from '#platform/web/words.ts'

export const words = {
  silentSources: {
    zh: '{count} 个数据源已中断，相关指标可能漏报预警',
    en: '{count} data {count|source is|sources are} silent: alerts may be missing',
  },
  title: { zh: '预警', en: 'Alerts' },
  lead: {
    zh: '指标超出规则的限值、且超出随机波动时发出预警。每种颜色都有处置要求和时限，最急的排在最前。',
    en: 'An indicator beyond the level of a rule, by more than chance, raises an alert. Each colour obliges to something by some hour; the most urgent come first.',
  },
  state: {
    label: { zh: '状态', en: 'State' },
    live: { zh: '未关闭', en: 'Not closed' },
    open: { zh: '待受理', en: 'Open' },
    acknowledged: { zh: '已受理', en: 'Taken charge of' },
    planned: { zh: '整改中', en: 'Plan under way' },
    closed: { zh: '已关闭', en: 'Closed' },
    all: { zh: '全部', en: 'All' },
  },
  colour: {
    yellow: { zh: '关注', en: 'Watch' },
    orange: { zh: '预警', en: 'Warning' },
    red: { zh: '紧急', en: 'Urgent' },
  },
  closedBecause: {
    'back-to-normal': { zh: '恢复正常，自动关闭', en: 'Back to normal, closed by itself' },
    'plan-effective': { zh: '整改验证有效，关闭', en: 'Plan proved effective' },
    'false-alarm': { zh: '误报', en: 'False alarm' },
    duplicate: { zh: '重复', en: 'Duplicate' },
    accepted: { zh: '已知并接受', en: 'Known and accepted' },
    'by-hand': { zh: '人工关闭', en: 'Closed by hand' },
  },
  column: {
    what: { zh: '预警', en: 'Alert' },
    entity: { zh: '机构', en: 'Unit' },
    why: { zh: '原因', en: 'Why' },
    due: { zh: '处置时限', en: 'Due' },
    owner: { zh: '负责人', en: 'Owner' },
    state: { zh: '状态', en: 'State' },
    actions: { zh: '操作', en: 'Actions' },
    raised: { zh: '发出时间', en: 'Raised' },
    colour: { zh: '等级', en: 'Colour' },
    signal: { zh: '信号', en: 'Signal' },
    rule: { zh: '规则', en: 'Rule' },
  },
  system: { zh: '系统', en: 'The system' },
  nobody: { zh: '无人受理', en: 'Nobody yet' },
  due: {
    closed: { zh: '关闭于', en: 'closed' },
    left: { zh: '还剩 {span}', en: '{span} left' },
    over: { zh: '已超期 {span}', en: '{span} overdue' },
    days: { zh: '{days} 天 {hours} 小时', en: '{days} d {hours} h' },
    hours: { zh: '{hours} 小时 {minutes} 分', en: '{hours} h {minutes} min' },
    minutes: { zh: '{minutes} 分钟', en: '{minutes} min' },
  },
  ...deskWords,
  act: actWords,
  why: whyWords,
  page: pageWords,
  duty: dutyWords,
  history: historyWords,
  condition: conditionWords,
  rules: ruleWords,
  form: formWords,
  policy: policyWords,
  trying: tryingWords,
  quiet: quietWords,
  checklist: checklistWords,
  drill: drillWords,
  sharing: sharingWords,
} as const satisfies Words

export const problems = {
  ALERT_CLOSED: {
    zh: '这条预警已经关闭，不能再处置。请刷新后查看关闭原因。',
    en: 'This alert is closed already. Reload to see why.',
  },
  RULE_WITHOUT_LEVEL: { zh: '规则至少要有一个等级的限值。', en: 'A rule needs at least one level.' },
  LEVELS_CONTRADICT: {
    zh: '限值顺序矛盾：红色至少和橙色一样差，橙色至少和黄色一样差。请调整限值。',
    en: 'The levels contradict each other: red must be at least as bad as orange, orange as yellow.',
  },
  RULE_WITHOUT_INDICATOR: {
    zh: '这种规则判断的是指标，请选择一个指标。',
    en: 'This kind of rule judges an indicator: choose one.',
  },
  RULE_UNFIT: {
    zh: '这样设置无法判断（{because}）。请调整“{field}”。',
    en: 'It cannot be evaluated like this ({because}). Change “{field}”.',
  },
  RULE_CIRCLE: {
    zh: '规则互相等待：{rules}。组合规则不能直接或间接包含自己。',
    en: 'The rules would wait for each other: {rules}. A combination may not contain itself, directly or through others.',
  },
  DUTY_DONE: { zh: '这项要求已经完成。', en: 'This duty is done already.' },
  RANGE_EMPTY: {
    zh: '从 {from} 到 {to} 没有可以试算的周期：结束早于开始，或还没有过去。',
    en: 'From {from} to {to} there is nothing to try: it ends before it begins, or is not over.',
  },
  RANGE_TOO_LONG: {
    zh: '一次最多试算 {limit} 期，现在是 {periods} 期。请缩短区间或改用更长的周期。',
    en: 'One trial takes at most {limit} periods, this has {periods}. Choose a shorter range or longer periods.',
  },
  QUIET_UPSIDE_DOWN: { zh: '结束时间要晚于开始时间。', en: 'It would end before it begins.' },
  RESPONSE_RUNNING: { zh: '这条预警已有应急预案在执行。', en: 'A response plan is running on this alert.' },
  RESPONSE_ENDED: { zh: '这次响应已经结束。', en: 'This response has ended.' },
  STEPS_OPEN: {
    zh: '还有步骤既没有完成，也没有写明跳过的原因：{steps}。',
    en: 'Some steps are neither done nor skipped with a reason: {steps}.',
  },
  DRILL_OVER: { zh: '这次演练已经结束。', en: 'This drill is over.' },
  ADDRESS_NOT_ALLOWED: {
    zh: '这个地址在内网，预警只发往公网地址。',
    en: 'This address lies in a private network: alerts are passed on to public ones only.',
  },
  SUBSCRIPTIONS_MANY: {
    zh: '接收方最多 {limit} 个，请先删除一个。',
    en: 'There can be {limit} receivers at most: remove one first.',
  },
  DRILL_NOT_BEGUN: {
    zh: '演练还没开始，开始后才能记录发现的问题。',
    en: 'This drill has not begun: findings come once it has.',
  },
  REMARK_NEEDED: {
    zh: '人工关闭需要写明原因，让其他人看得明白。',
    en: 'Closing by hand needs a reason others can read.',
  },
} satisfies ProblemWords<typeof alertRefusals>

export const fields = {
  'title.zh': words.form.titleZh,
  'watch.entityKind': words.form.kind,
  'watch.below': words.form.below,
  'condition.levels': words.form.levels,
  'condition.levelsPercent': words.form.levels,
  'condition.levelsHours': words.form.levels,
  'condition.levelsChancePercent': words.form.levels,
  'condition.levelsConfidencePercent': words.form.levels,
  'condition.capacity': words.form.capacity,
  'condition.eventType': words.form.eventType,
  'condition.phrases': words.form.phrases,
  'condition.rules': words.form.rules,
  'condition.chart': words.form.chart,
  'condition.atLeast': words.form.atLeast,
  'condition.kind': words.form.kindOf,
  'condition.windowHours': words.form.windowHours,
  pooling: words.form.pooling,
  remark: { zh: '说明', en: 'Remark' },
  indicator: { zh: '指标', en: 'Indicator' },
  minimumN: { zh: '最小样本量', en: 'Smallest n' },
  confidence: { zh: '显著性要求', en: 'Confidence' },
  startsOn: { zh: '起始日', en: 'Starts on' },
  duty: { zh: '处置要求', en: 'Duty' },
} satisfies Words
