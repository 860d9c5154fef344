/** Words for methods, checks and other ways to ask the question. */
import type { Words } from '#platform/web/words.ts'

export const robust = {
  method: {
    'interrupted-time-series': { zh: '中断时间序列', en: 'Interrupted time series' },
    'comparative-series': { zh: '带对照的中断时间序列', en: 'Interrupted series with comparison' },
    'difference-in-differences': { zh: '双重差分', en: 'Difference in differences' },
    'synthetic-control': { zh: '合成对照', en: 'Synthetic control' },
    structural: { zh: '贝叶斯结构时间序列', en: 'Bayesian structural series' },
  },
  curve: {
    title: { zh: '换一种问法，结论还成立吗', en: 'Asked in other ways, does it still hold?' },
    lead: {
      zh: '最上面一行是审批时锁定的分析，只有它决定结论。其余是其他时间窗、其他方法，以及明知没有措施的日期和单位（安慰剂）：安慰剂的区间应当包含 0。',
      en: 'The first row is the analysis frozen at approval; it alone decides. The others take other windows and methods, and dates and units without a measure (placebos): those should include 0.',
    },
    way: { zh: '问法', en: 'Way' },
    effect: { zh: '效果（95% 区间）', en: 'Effect (95% interval)' },
    says: { zh: '若以此为准', en: 'By itself it would say' },
    infeasible: { zh: '不可行', en: 'not feasible' },
    frozen: { zh: '锁定的分析', en: 'as frozen' },
    alternative: { zh: '其他问法', en: 'another way' },
    placebo: { zh: '安慰剂', en: 'placebo' },
    alarm: { zh: '误报', en: 'false alarm' },
    quiet: { zh: '无效果，正常', en: 'no effect, as it should be' },
  },
  way: {
    'level-only': { zh: '只估计水平变化', en: 'Change of level only' },
    'newey-west': { zh: 'Newey–West 标准误', en: 'Newey–West errors' },
    'without-season': { zh: '不考虑周期性', en: 'Without season' },
    'shorter-baseline': { zh: '只用后七成基线', en: 'Last 70% of the baseline' },
    'first-part-after': { zh: '只用改善后前六成', en: 'First 60% after' },
    'without-run-up': { zh: '去掉改善前最后 3 期', en: 'Without the last 3 periods before' },
    'without-unit': { zh: '去掉对照：{detail}', en: 'Without {detail}' },
    'placebo-unit': { zh: '假设措施在 {detail}', en: 'As if {detail} had been treated' },
    'placebo-date': { zh: '假设 {detail} 起生效', en: 'As if it had begun on {detail}' },
  },
  checks: {
    title: { zh: '前提检查', en: 'Assumptions' },
    pass: { zh: '通过', en: 'holds' },
    warn: { zh: '注意', en: 'mind' },
    unknown: { zh: '无法检查', en: 'cannot be seen' },
  },
  check: {
    autocorrelation: {
      zh: '相邻周期的误差相关 {value}（已在区间中考虑；大于 0.3 时区间偏窄的风险增大）',
      en: 'Errors of neighbouring periods correlate by {value} (allowed for; above 0.3 intervals may still be too narrow)',
    },
    'pre-trend': {
      zh: '改善前本单位与对照走势一致（p = {value}；小于 0.05 表示原本就不一致）',
      en: 'Unit and comparison ran alike before (p = {value}; below 0.05 they did not)',
    },
    'regression-to-the-mean': {
      zh: '措施前最后 3 期在历史上有多差：{value} 的时段同样差或更差（小于一成时可能是“触底反弹”）',
      en: 'How bad the last three periods before were: {value} of all stretches were as bad (below 10% it may have got better by itself)',
    },
    'missing-periods': { zh: '缺失的周期占 {value}', en: 'Periods without value: {value}' },
    'left-out-units': { zh: '因数据缺失被剔除的对照：{detail}', en: 'Comparison left out for missing data: {detail}' },
    'placebo-dates': {
      zh: '在没有措施的日期上误报 {value}',
      en: 'False alarms at dates without a measure: {value}',
    },
    'placebo-units': {
      zh: '在没有措施的单位上误报 {value}',
      en: 'False alarms at units without a measure: {value}',
    },
    'other-ways': { zh: '其他问法中方向一致的占 {value}', en: 'Other ways that point the same way: {value}' },
    'indicator-version': {
      zh: '期间指标定义改过 {value} 次（全程按锁定版本计算）{detail}',
      en: 'Definitions changed meanwhile: {value} (all is calculated by the frozen one) {detail}',
    },
    'other-plans': {
      zh: '同一单位同期的其他计划 {value} 个 {detail}',
      en: 'Other plans on the unit meanwhile: {value} {detail}',
    },
    notes: {
      zh: '期间的节假日和事件 {value} 条 {detail}',
      en: 'Holidays and events noted meanwhile: {value} {detail}',
    },
    'measure-applied': { zh: '截止时未完成的任务 {value} 项', en: 'Tasks not done at the end: {value}' },
  },
  waiver: {
    act: { zh: '免于验证', en: 'Waive the proof' },
    title: { zh: '批准本计划免于验证？', en: 'Waive the proof of this plan?' },
    lead: {
      zh: '计划将以“免于验证”结案，不计入有效。你的姓名和理由会一直显示在这里。',
      en: 'The plan closes as “waived”, never as effective. Your name and reason stay here for good.',
    },
    reason: { zh: '理由（至少 10 个字）', en: 'Reason (10 characters at least)' },
    done: { zh: '已免于验证，计划结案', en: 'Waived; the plan is closed' },
  },
  watch: {
    title: { zh: '效果是否持续', en: 'Does it last?' },
    watching: { zh: '观察中，到 {until} 为止：目前效果仍在。', en: 'Watched until {until}: the effect still holds.' },
    held: { zh: '观察期到 {until} 已满：效果保持住了。', en: 'Watched until {until}: the effect has held.' },
    relapsed: {
      zh: '从 {since} 起效果明显回落（累计不足超过控制限），计划已重新打开。',
      en: 'From {since} on the effect has gone (its cumulative shortfall passed the limit); the plan is open again.',
    },
    fading: {
      zh: '效果在减弱，约 {half} 期减半（p = {p}）。',
      en: 'It is fading: half is gone after some {half} periods (p = {p}).',
    },
    periods: { zh: '已观察 {count} 期，平均相差 {effect}。', en: '{count} periods seen, {effect} on average.' },
  },
  earlier: { zh: '这项计划先前锁定的验证方法', en: 'Earlier designs of this plan' },
  earlierRow: {
    zh: '第 {revision} 稿，{method}，{intervention} 生效，{ends} 截止，最小有价值改善 {smallest}，指纹 {sha}',
    en: 'Revision {revision}, {method}, from {intervention} to {ends}, smallest effect {smallest}, fingerprint {sha}',
  },
  recompute: {
    title: { zh: '怎样复算', en: 'How to recompute' },
    text: {
      zh: '下载全部（JSON）和核对程序，在任何装有 Node 20 的电脑上运行：',
      en: 'Take everything (JSON) and the script, and run on any machine with Node 20:',
    },
    script: { zh: '下载核对程序', en: 'The script' },
  },
} as const satisfies Words
