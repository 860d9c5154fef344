/** Words for choosing how a plan is proved. */
import type { Words } from '#platform/web/words.ts'

export const proofWords = {
  method: { zh: '验证方法', en: 'Method' },
  methodWhy: {
    zh: '有对照单位时，能把“大家都变好了”和“措施起了作用”分开。',
    en: 'Comparison units tell what the measure did from what happened to everybody.',
  },
  methods: {
    'interrupted-time-series': { zh: '中断时间序列（不用对照）', en: 'Interrupted time series (no comparison)' },
    'comparative-series': {
      zh: '带对照的中断时间序列（至少 1 个对照）',
      en: 'Interrupted series with comparison (1 or more)',
    },
    'difference-in-differences': { zh: '双重差分（至少 3 个对照）', en: 'Difference in differences (3 or more)' },
    'synthetic-control': { zh: '合成对照（至少 5 个对照）', en: 'Synthetic control (5 or more)' },
    structural: { zh: '贝叶斯结构时间序列（至少 1 个对照）', en: 'Bayesian structural series (1 or more)' },
    'randomised-customers': { zh: '顾客随机分组试验', en: 'Trial that draws customers by lot' },
    'randomised-outlets': { zh: '网点随机分组试验', en: 'Trial that draws outlets by lot' },
    switchback: { zh: '按日或窗口轮换试验', en: 'Switching days or windows by lot' },
  },
  comparison: { zh: '对照单位', en: 'Comparison units' },
  comparisonWhy: {
    zh: '同类、不实施本措施的单位。输入名称搜索，或用下面的建议。',
    en: 'Units of the same kind that do not get the measure. Type to search, or take the advice below.',
  },
  runUp: { zh: '剔除改善前末段（期数）', en: 'Run-up left out (periods)' },
  runUpWhy: {
    zh: '如果因为最近几期特别差才选中本单位，把这几期剔除，防止自然回落被当成效果。',
    en: 'If the unit was picked because its last periods were bad, leave them out: it would have got better by itself.',
  },
  margin: { zh: '等效界限', en: 'Margin of equivalence' },
  marginWhy: {
    zh: '差异在正负这个范围内视为没有实际差异；不填则等于最小有价值改善。',
    en: 'Differences within plus or minus this are of no relevance; empty: the smallest effect worth having.',
  },
  watch: { zh: '结论后持续观察（期数）', en: 'Watch afterwards (periods)' },
  watchWhy: {
    zh: '有效的措施继续观察多少期；效果消失时计划自动重新打开。',
    en: 'How long an effective measure is watched; when the effect is gone the plan opens again.',
  },
  advice: {
    title: { zh: '哪种验证方法最有把握', en: 'Which design would find it' },
    lead: {
      zh: '根据历史数据的波动，估算每种方法发现“最小有价值改善”的把握。填好指标、机构、时间和最小有价值改善后可用。',
      en: 'From the noise of the history: the chance each design has to find the smallest effect worth having.',
    },
    varies: { zh: '什么可以随机安排', en: 'What can be drawn by lot' },
    choices: {
      nothing: { zh: '都不能', en: 'Nothing' },
      customers: { zh: '顾客', en: 'Customers' },
      days: { zh: '日期', en: 'Days' },
      windows: { zh: '窗口', en: 'Windows' },
      outlets: { zh: '网点', en: 'Outlets' },
    },
    ask: { zh: '比较方法', en: 'Compare designs' },
    design: { zh: '方法（由强到弱）', en: 'Design, strongest first' },
    power: { zh: '把握', en: 'Power' },
    detectable: { zh: '八成把握能发现的最小改善', en: 'Smallest effect found with 80%' },
    needed: { zh: '八成把握需要的改善后期数', en: 'Periods needed for 80%' },
    infeasible: { zh: '数据或对照不足', en: 'not feasible' },
    beyond: { zh: '只靠时间达不到', en: 'not by time alone' },
    take: { zh: '采用', en: 'Take it' },
    trial: { zh: '以试验方式进行', en: 'run as a trial' },
    looked: { zh: '参照的对照单位：{names}', en: 'Compared with: {names}' },
    warning: {
      'short-baseline': {
        zh: '改善前只有 {value} 期数据，容易得出“证据不足”。补录更早的数据。',
        en: 'Only {value} periods before the measure: the verdict may well be “undecided”. Import earlier data.',
      },
      'season-unseen': {
        zh: '历史不足两年（{value} 期），看不出年度季节规律，季节变化可能被当成效果。',
        en: 'Less than two years ({value} periods): a yearly season cannot be seen and may pass for an effect.',
      },
      'week-unmodelled': {
        zh: '按日数据通常有星期规律，请把周期性填为 {value}。',
        en: 'Days follow the week: set the season to {value}.',
      },
      'no-comparison': {
        zh: '没有对照单位：同期影响所有人的变化会被算成措施的效果。',
        en: 'No comparison units: whatever happened to everybody will count as the effect.',
      },
      'few-comparisons': {
        zh: '对照单位只有 {value} 个，区间会很宽。',
        en: 'Only {value} comparison units: intervals will be wide.',
      },
      'low-power': {
        zh: '即使措施真的达到最小有价值改善，也只有 {value} 的把握发现。',
        en: 'Even if the measure brings the smallest effect, the chance to find it is only {value}.',
      },
      'regression-to-the-mean': {
        zh: '本单位最近几期处于历史最差：什么都不做，预计也会自己回落 {value}。建议用对照单位，并剔除末段。',
        en: 'The last periods were the worst on record: doing nothing, it should improve by {value}. Use comparison units and leave the run-up out.',
      },
    },
  },
} as const satisfies Words
