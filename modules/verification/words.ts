/** Every sentence of `verification` a person reads. */
import type { verificationRefusals } from './contract.ts'
import type { ProblemWords, Words } from '#platform/web/words.ts'

export const words = {
  title: { zh: '效果验证', en: 'Proofs' },
  lead: {
    zh: '计划获批时锁定验证方法，到期后用数据回答：改善是真实的吗，达到事先约定的幅度了吗。结论不改，任何人都能复算。',
    en: 'Approval freezes how a plan is proved. At the end the data answer whether the effect is real and large enough. A verdict never changes, and anybody can recompute it.',
  },
  outcome: {
    effective: { zh: '有效', en: 'Effective' },
    'no-relevant-difference': { zh: '无实际差异', en: 'No relevant difference' },
    harmful: { zh: '变差', en: 'Harmful' },
    waived: { zh: '免于验证', en: 'Proof waived' },
    undecided: { zh: '证据不足', en: 'Undecided' },
    waiting: { zh: '验证中', en: 'Being proved' },
    superseded: { zh: '已被新的验证方法取代', en: 'Replaced by a newer design' },
  },
  state: {
    label: { zh: '状态', en: 'State' },
    all: { zh: '全部', en: 'All' },
    waiting: { zh: '验证中', en: 'Being proved' },
    concluded: { zh: '已有结论', en: 'Concluded' },
    superseded: { zh: '已取代', en: 'Replaced' },
    waived: { zh: '免于验证', en: 'Waived' },
  },
  column: {
    plan: { zh: '计划', en: 'Plan' },
    verdict: { zh: '结论', en: 'Verdict' },
    effect: { zh: '效果（95% 置信区间）', en: 'Effect (95% interval)' },
    promised: { zh: '最小有价值改善', en: 'Smallest worth having' },
    indicator: { zh: '指标', en: 'Indicator' },
    entity: { zh: '机构', en: 'Unit' },
    intervention: { zh: '措施生效日', en: 'Measure took effect' },
    ends: { zh: '验证截止日', en: 'Proof ends' },
    concluded: { zh: '结论时间', en: 'Concluded' },
  },
  noEffect: { zh: '未能估计', en: 'Could not be estimated' },
  empty: {
    title: { zh: '还没有效果验证', en: 'No proof yet' },
    why: {
      zh: '计划由领导小组批准后，验证的指标、时间窗和方法自动锁定在这里，到期自动得出结论。',
      en: 'When the steering group approves a plan, the indicator, windows and method of its proof are frozen here; at the end the verdict comes by itself.',
    },
    begin: { zh: '查看改善计划', en: 'See the plans' },
    filtered: { zh: '没有符合条件的验证', en: 'No proof matches' },
  },
  sentence: {
    effective: {
      zh: '措施生效后，{entity}的“{indicator}”平均比“不改”的推演{side} {effect}（95% 置信区间 {low} 至 {high}），达到事先约定的最小有价值改善 {smallest}：有效。',
      en: 'Since the measure, “{indicator}” of {entity} has on average been {effect} {side} than without it (95% interval {low} to {high}), enough for the {smallest} promised: effective.',
    },
    reaches: {
      zh: '措施生效后，{entity}的“{indicator}”平均比“不改”的推演{side} {effect}（95% 置信区间 {low} 至 {high}）。改善是真实的，区间包含事先约定的最小有价值改善 {smallest}：有效。',
      en: 'Since the measure, “{indicator}” of {entity} has on average been {effect} {side} than without it (95% interval {low} to {high}). The effect is real, and the interval reaches the {smallest} promised: effective.',
    },
    'no-relevant-difference': {
      zh: '措施生效后，{entity}的“{indicator}”与“不改”的推演相差 {signed}（95% 置信区间 {low} 至 {high}），整个区间都在 ±{margin} 以内：已证明没有值得在意的差异。',
      en: 'Since the measure, “{indicator}” of {entity} has differed from what it would have been by {signed} (95% interval {low} to {high}), all of it within ±{margin}: shown to make no relevant difference.',
    },
    harmful: {
      zh: '措施生效后，{entity}的“{indicator}”平均比“不改”的推演{side} {effect}（95% 置信区间 {low} 至 {high}），整个区间都在变差的一侧：建议停止或更换措施。',
      en: 'Since the measure, “{indicator}” of {entity} has on average been {effect} {side} than without it (95% interval {low} to {high}), all of it for the worse: stop the measure or change it.',
    },
    waived: {
      zh: '{by}批准本计划免于验证，理由：{reason}。效果没有被证明。',
      en: '{by} waived the proof of this plan. Reason: {reason}. Nothing has been shown.',
    },
    undecided: {
      zh: '措施生效后，{entity}的“{indicator}”平均比“不改”的推演{side} {effect}，但 95% 置信区间（{low} 至 {high}）既包含“没有改善”，也包含有价值的改善：证据不足。',
      en: 'Since the measure, “{indicator}” of {entity} has on average been {effect} {side} than without it, but the 95% interval ({low} to {high}) holds both nothing and something worth having: undecided.',
    },
    short: {
      zh: '措施生效后，{entity}的“{indicator}”平均比“不改”的推演{side} {effect}（95% 置信区间 {low} 至 {high}），整个区间都达不到事先约定的最小有价值改善 {smallest}：没有兑现承诺，但还不能断定“没有实际差异”。',
      en: 'Since the measure, “{indicator}” of {entity} has on average been {effect} {side} than without it (95% interval {low} to {high}), all of it short of the {smallest} promised: it has not brought what was promised, yet “no relevant difference” is not shown.',
    },
    noEstimate: {
      zh: '数据不足以估计“{indicator}”的变化：证据不足。',
      en: 'The data cannot tell how “{indicator}” changed: undecided.',
    },
    waiting: {
      zh: '验证进行中：{day} 验证期结束后得出结论。在此之前不提前下结论，避免挑选有利的时点。',
      en: 'Being proved: the verdict comes when the proof ends on {day}. Nobody concludes earlier, so that nobody picks a lucky moment.',
    },
    due: {
      zh: '验证期已于 {day} 结束，系统会在今天自动得出结论。',
      en: 'The proof ended on {day}; the verdict comes by itself within the day.',
    },
    lower: { zh: '低', en: 'lower' },
    higher: { zh: '高', en: 'higher' },
  },
  because: {
    title: { zh: '为什么证据不足，怎样才够', en: 'Why it is undecided, and what it would take' },
    'baseline-too-short': {
      zh: '改善前只有 {before} 期可用数据，看不清原来的走势。补录更早的历史数据，或下次把基线定得更长。',
      en: 'Only {before} periods before the measure can be used: too few to see how things went. Import earlier data, or choose a longer baseline next time.',
    },
    'after-too-short': {
      zh: '措施生效后只有 {after} 期可用数据。下次把验证截止日定得更晚，或改用更细的数据粒度。',
      en: 'Only {after} periods after the measure can be used. Next time let the proof end later, or use a finer grain.',
    },
    constant: {
      zh: '指标在整个期间几乎没有变化，无法判断。请检查数据是否真实、指标是否合适。',
      en: 'The indicator hardly moved at all. Check the data, and whether it is the right indicator.',
    },
    collinear: {
      zh: '时间趋势、季节和措施无法分开。换一个与季节不重合的生效日，或延长基线到两年以上。',
      en: 'Trend, season and measure cannot be told apart. Choose another date, or a baseline of two years and more.',
    },
    'not-finite': {
      zh: '数据中有无法计算的值。请检查该指标的分母是否为零。',
      en: 'Some values cannot be calculated. Check whether the denominator is zero.',
    },
    'intervention-outside': {
      zh: '措施生效日不在数据范围内。请核对导入的数据是否覆盖生效日前后。',
      en: 'The day of the measure lies outside of the data. Check what was imported.',
    },
    unordered: { zh: '数据的时间顺序有问题，请联系管理员。', en: 'The data are out of order. Tell the administrator.' },
    'interval-includes-both': {
      zh: '改善幅度还淹没在波动里：置信区间宽 {width}，既可能没有改善，也可能有值得的改善。延长验证期、增加样本量，或选波动更小的指标，可以缩小区间。',
      en: 'The effect still drowns in the noise: the interval is {width} wide and holds both nothing and something worth having. A longer proof, more cases, or a steadier indicator would narrow it.',
    },
    unmatched: {
      zh: '对照单位与本单位没有共同的数据周期。请核对对照单位的数据。',
      en: 'The comparison has no periods in common with the unit. Check its data.',
    },
    'too-few-comparisons': {
      zh: '可用的对照单位太少：双重差分至少要 3 个，合成对照至少要 5 个，数据缺失超过一成的对照会被剔除。',
      en: 'Too few comparison units can be used: difference in differences needs 3, a synthetic control 5; units that lack more than a tenth of the periods are left out.',
    },
    'perfect-fit': {
      zh: '对照与本单位在改善前完全重合，无法估计误差。请检查数据是否重复。',
      en: 'The comparison equals the unit before the measure, so there is no error to go by. Check for data counted twice.',
    },
    'harm-not-ruled-out': {
      zh: '整个区间都达不到事先约定的最小有价值改善，但也不能排除变差。可以认定没有达到承诺的效果，是否有害还需要更多数据。',
      en: 'The whole interval falls short of what was promised, but harm cannot be ruled out: it has not brought what was promised, and more data are needed to say whether it does harm.',
    },
    'too-small-for-margin': {
      zh: '改善是真实的，但整个区间都小于事先约定的最小有价值改善，又大于等效界限。',
      en: 'The effect is real, but all of the interval is smaller than promised and some of it beyond the margin of equivalence.',
    },
    needed: {
      zh: '以现有的波动，验证期原本只有 {powerNow} 的把握发现事先约定的改善；要有 {power} 的把握，改善后共需 {periods} 期（再加 {more} 期）。',
      en: 'With this noise the proof had a chance of {powerNow} to find the promised effect; for {power} it takes {periods} periods after the measure ({more} more).',
    },
    notByTime: {
      zh: '以现有的波动，验证期原本只有 {powerNow} 的把握发现事先约定的改善，单靠延长时间达不到 {power}：增加对照单位，或换波动更小的指标。',
      en: 'With this noise the proof had a chance of {powerNow} to find the promised effect, and more time alone will not reach {power}: add comparison units, or take a steadier indicator.',
    },
  },
  page: {
    chart: { zh: '实际走势与“不改”的推演', en: 'What was, and what would have been' },
    chartLead: {
      zh: '虚线和色带是按措施生效前的走势推演的“如果不改”（反事实推演）；实线是模型对实际数据的拟合。',
      en: 'The dashed line and its band show what would have been without the measure (the counterfactual); the solid line is the model fitted to the data.',
    },
    chartWaiting: {
      zh: '验证期结束后，这里会加上“不改”的推演线。',
      en: 'When the proof ends, the line without the measure is added here.',
    },
    design: { zh: '审批时锁定的验证方法', en: 'The design, frozen at approval' },
    designLead: {
      zh: '下面每一项都在看到结果之前定下；指纹可以证明没有改过。',
      en: 'All of this was fixed before anybody saw a result; the fingerprint proves it was not changed.',
    },
    statistics: { zh: '统计结果', en: 'Statistics' },
    data: { zh: '数据', en: 'Data' },
    dataLead: {
      zh: '结论所依据的全部观测。下载后任何人都可以复算。',
      en: 'Every observation the verdict rests on. Anybody can recompute it from this.',
    },
    conclude: { zh: '现在得出结论', en: 'Conclude now' },
    concluded: { zh: '已得出结论，计划已结案', en: 'Concluded; the plan is closed' },
    concludeAsk: { zh: '现在得出结论？', en: 'Conclude now?' },
    concludeLost: {
      zh: '结论一旦得出就不能更改，计划同时结案。',
      en: 'A verdict is never changed, and the plan is closed with it.',
    },
    csv: { zh: '下载数据（CSV）', en: 'Data (CSV)' },
    json: { zh: '下载全部（JSON）', en: 'Everything (JSON)' },
    toPlan: { zh: '查看计划', en: 'See the plan' },
  },
  design: {
    indicator: { zh: '指标', en: 'Indicator' },
    indicatorVersion: { zh: '{title}（第 {version} 版定义）', en: '{title} (definition, version {version})' },
    entity: { zh: '机构', en: 'Unit' },
    direction: { zh: '改善方向', en: 'Better is' },
    higher: { zh: '越高越好', en: 'higher' },
    lower: { zh: '越低越好', en: 'lower' },
    grain: { zh: '数据粒度', en: 'Grain' },
    baseline: { zh: '改善前的数据', en: 'Baseline' },
    baselineText: { zh: '{from} 起，到措施生效前', en: 'from {from} to the day before the measure' },
    intervention: { zh: '措施生效日', en: 'Measure takes effect' },
    ends: { zh: '验证截止日', en: 'Proof ends' },
    smallest: { zh: '最小有价值改善', en: 'Smallest effect worth having' },
    season: { zh: '周期性', en: 'Season' },
    seasonNone: { zh: '不考虑', en: 'none' },
    seasonPeriods: { zh: '每 {count} 期一个周期', en: 'every {count} periods' },
    errorRate: { zh: '误判“有效”的风险', en: 'Risk of a false “effective”' },
    errorRateText: { zh: '{percent}（双侧）', en: '{percent}, two-sided' },
    method: { zh: '方法', en: 'Method' },
    comparison: { zh: '对照单位', en: 'Comparison' },
    margin: { zh: '等效界限', en: 'Margin of equivalence' },
    runUp: { zh: '剔除的改善前末段', en: 'Run-up left out' },
    runUpText: {
      zh: '措施前最后 {count} 期（防止“触底反弹”被当成效果）',
      en: 'the last {count} periods before the measure (they are why the unit was picked)',
    },
    stopRule: { zh: '停止规则', en: 'Stop rule' },
    stopRuleText: { zh: '只在截止日得出一次结论，中途不看', en: 'one look, at the end' },
    watch: { zh: '结论后持续观察', en: 'Watched afterwards' },
    watchText: { zh: '{count} 期', en: '{count} periods' },
    frozenAt: { zh: '锁定时间', en: 'Frozen' },
    revision: { zh: '对应计划稿次', en: 'Revision of the plan' },
    sha256: { zh: '指纹（SHA-256）', en: 'Fingerprint (SHA-256)' },
    sha256Same: { zh: '已在本机重新计算，与锁定内容一致', en: 'Computed again on this device: unchanged' },
    sha256Other: {
      zh: '重新计算的指纹不一致，请联系审计人员',
      en: 'Computed again on this device: it differs. Tell the auditor',
    },
    sha256Why: {
      zh: '对锁定内容按字段名排序后的 JSON 计算，任何人都可以核对。',
      en: 'Of the frozen content as JSON with its keys in order; anybody can compute it again.',
    },
  },
  statistic: {
    what: { zh: '统计量', en: 'Quantity' },
    value: { zh: '估计值', en: 'Estimate' },
    interval: { zh: '95% 置信区间', en: '95% interval' },
    standardError: { zh: '标准误', en: 'Standard error' },
    p: { zh: 'p 值', en: 'p' },
    effect: { zh: '平均效果（相对“不改”的推演）', en: 'Mean effect against the counterfactual' },
    level: { zh: '水平变化（生效时的跳变）', en: 'Change of level at the measure' },
    slope: { zh: '趋势变化（每期）', en: 'Change of slope, per period' },
    significant: { zh: '显著', en: 'significant' },
    notSignificant: { zh: '不显著', en: 'not significant' },
    errors: { zh: '误差处理', en: 'Errors' },
    'newey-west': { zh: 'Newey–West（1987）稳健标准误，滞后 {lag} 期', en: 'Newey–West (1987), lag {lag}' },
    'prais-winsten': {
      zh: 'Prais–Winsten（1954）一阶自相关校正，自相关 {rho}',
      en: 'Prais–Winsten (1954), autocorrelation {rho}',
    },
    durbinWatson: { zh: 'Durbin–Watson 统计量', en: 'Durbin–Watson' },
    durbinWatsonText: { zh: '{value}（接近 2 表示残差无自相关）', en: '{value} (near 2: no autocorrelation left)' },
    periods: { zh: '期数', en: 'Periods' },
    periodsText: { zh: '改善前 {before} 期，改善后 {after} 期', en: '{before} before, {after} after' },
    concludedAt: { zh: '结论时间', en: 'Concluded' },
    codeVersion: { zh: '计算程序版本', en: 'Version of the program' },
    below: { zh: '< 0.001', en: '< 0.001' },
  },
  data: {
    period: { zh: '周期', en: 'Period' },
    side: { zh: '阶段', en: 'Side' },
    before: { zh: '改善前', en: 'before' },
    after: { zh: '改善后', en: 'after' },
    numerator: { zh: '分子', en: 'Numerator' },
    denominator: { zh: '分母', en: 'Denominator' },
    n: { zh: '样本量 n', en: 'n' },
    value: { zh: '实际值', en: 'Observed' },
    fitted: { zh: '拟合值', en: 'Fitted' },
    counterfactual: { zh: '“不改”的推演', en: 'Counterfactual' },
    low: { zh: '推演下限', en: 'Counterfactual, low' },
    high: { zh: '推演上限', en: 'Counterfactual, high' },
  },
} as const satisfies Words

export const problems = {
  NO_EFFECT: {
    zh: '这项验证没有估计出效果，无法测算回报。',
    en: 'This proof estimated no effect, so there is no return to calculate.',
  },
  TOO_EARLY: {
    zh: '验证期到 {endsOn} 才结束，现在还不能下结论。到期后系统会自动得出结论。',
    en: 'The proof ends on {endsOn}; it cannot be concluded before. The verdict will come by itself.',
  },
  WAIVED: {
    zh: '这项计划已被批准免于验证，不再得出结论。',
    en: 'The proof of this plan was waived; there will be no verdict.',
  },
  ALREADY_CONCLUDED: {
    zh: '这项验证已有结论，结论不能更改。请刷新查看。',
    en: 'This proof is concluded; a verdict is never changed. Reload to see it.',
  },
} satisfies ProblemWords<typeof verificationRefusals>

export const fields = {
  endsOn: { zh: '验证截止日', en: 'Proof ends' },
  reason: { zh: '免于验证的理由', en: 'Reason for the waiver' },
} satisfies Words
