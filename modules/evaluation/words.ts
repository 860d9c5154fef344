/** Every sentence of `evaluation` a person reads. */
import type { evaluationRefusals } from './contract.ts'
import { publishingProblems } from './words/publishing.ts'
import type { ProblemWords, Words } from '#platform/web/words.ts'

export const words = {
  title: { zh: '评价排名', en: 'Ranking' },
  lead: {
    zh: '按评分方案把各单位的指标折算成 0–100 分。名次附带可能范围：两个单位的得分区间重叠，就不能断定谁更好。',
    en: 'Each unit’s indicators become 0 to 100 points. Ranks carry a range: where two intervals overlap, nobody can say which unit is better.',
  },
  scheme: { zh: '评分方案', en: 'Scheme' },
  period: { zh: '评价周期', en: 'Period' },
  newScheme: { zh: '新建评分方案', en: 'New scheme' },
  editScheme: { zh: '调整方案', en: 'Edit scheme' },
  none: {
    title: { zh: '还没有评分方案', en: 'No scheme yet' },
    why: {
      zh: '评分方案说明看哪些指标、各占多少权重、多少算好。有了方案，这里就会出现各单位的得分、名次和名次的可能范围。',
      en: 'A scheme says which indicators count, how much, and what is good. With one, every unit gets a score, a rank and a range of ranks here.',
    },
    ask: {
      zh: '评分方案由改善办公室建立。建好后，这里会出现各单位的得分、名次和名次的可能范围。',
      en: 'The improvement office sets schemes up. Once there is one, scores and ranks stand here.',
    },
  },
  unscored: {
    title: { zh: '这个方案还没有得分', en: 'No scores under this scheme yet' },
    why: {
      zh: '第一个完整周期结束后会自动计算。若指标还没有数据，请先导入数据。',
      en: 'Scores are calculated when the first whole period is over. If the indicators have no data yet, import some first.',
    },
    begin: { zh: '去导入数据', en: 'Import data' },
  },
  view: {
    list: { zh: '排名', en: 'Ranking' },
    funnel: { zh: '漏斗图', en: 'Funnel plot' },
    label: { zh: '显示方式', en: 'View' },
  },
  summary: {
    ranked: { zh: '参与排名', en: 'Ranked' },
    units: { zh: '{count} 个单位', en: '{count} {count|unit|units}' },
    notRanked: { zh: '未排名', en: 'Not ranked' },
    mean: { zh: '平均得分', en: 'Mean score' },
    outside: { zh: '超出随机波动', en: 'Beyond chance' },
    outsideCount: { zh: '高于平均 {above} 个，低于平均 {below} 个', en: '{above} above the mean, {below} below' },
    spread: { zh: '单位间差异', en: 'Spread between units' },
    revised: { zh: '修订', en: 'Revised' },
    revisedWhy: {
      zh: '有迟到或更正的数据，得分已于 {at} 修订',
      en: 'Events came late or were corrected; the scores were revised {at}',
    },
    spreadUsual: { zh: '与随机波动相当', en: 'As much as chance explains' },
    spreadWide: {
      zh: '是随机波动的 {times} 倍，判定界限已相应放宽',
      en: '{times} times what chance explains; the limits were widened accordingly',
    },
  },
  unit: { zh: '单位', en: 'Unit' },
  rank: { zh: '名次', en: 'Rank' },
  rankAt: { zh: '第 {rank} 名', en: 'Rank {rank}' },
  rankRange: { zh: '可能在 {best}–{worst} 名之间', en: 'between {best} and {worst}' },
  rankSure: { zh: '名次确定', en: 'certain' },
  rankBest: { zh: '可能最好名次', en: 'Best possible rank' },
  rankWorst: { zh: '可能最差名次', en: 'Worst possible rank' },
  rankSentence: {
    zh: '{period}得 {score} 分，{count} 个单位中排第 {rank} 名；考虑抽样误差，名次可能在 {best}–{worst} 之间。',
    en: '{score} points in {period}: rank {rank} of {count}; allowing for chance, between {best} and {worst}.',
  },
  score: { zh: '综合得分', en: 'Score' },
  scoreScale: {
    zh: '综合得分与 95% 区间（刻度 {from}–{to} 分）',
    en: 'Score with 95% interval (scale {from} to {to})',
  },
  low: { zh: '区间下限', en: 'Interval, low' },
  high: { zh: '区间上限', en: 'Interval, high' },
  standing: { zh: '与平均比较', en: 'Against the mean' },
  funnel: {
    'above-99.8': { zh: '明显高于平均', en: 'Well above the mean' },
    'above-95': { zh: '高于平均', en: 'Above the mean' },
    inside: { zh: '在随机波动范围内', en: 'Within chance' },
    'below-95': { zh: '低于平均', en: 'Below the mean' },
    'below-99.8': { zh: '明显低于平均', en: 'Well below the mean' },
  },
  funnelWhy: {
    'above-99.8': { zh: '超出 99.8% 界限，几乎不可能是偶然', en: 'Beyond the 99.8% limit: hardly chance' },
    'above-95': { zh: '超出 95% 界限', en: 'Beyond the 95% limit' },
    inside: { zh: '与平均的差距可由随机波动解释，不必过度解读', en: 'Chance explains the distance from the mean' },
    'below-95': { zh: '超出 95% 界限，建议了解原因', en: 'Beyond the 95% limit: worth a question' },
    'below-99.8': { zh: '超出 99.8% 界限，几乎不可能是偶然', en: 'Beyond the 99.8% limit: hardly chance' },
  },
  change: { zh: '较上期', en: 'Change' },
  noChange: { zh: '无显著变化', en: 'No significant change' },
  firstTime: { zh: '上期无得分', en: 'No score before' },
  better: { zh: '显著上升 {by}', en: 'Up {by}, significant' },
  worse: { zh: '显著下降 {by}', en: 'Down {by}, significant' },
  notRanked: {
    'too-few': { zh: '样本不足，不参与排名', en: 'Too few cases to rank' },
    'missing-required': { zh: '缺少必需指标，不参与排名', en: 'A required indicator is missing' },
    'missing-too-much': { zh: '缺少的指标权重过大，不参与排名', en: 'Too much of the weight is missing' },
  },
  filter: {
    label: { zh: '筛选单位', en: 'Which units' },
    all: { zh: '全部', en: 'All' },
    outside: { zh: '超出随机波动', en: 'Beyond chance' },
    changed: { zh: '显著变化', en: 'Significant change' },
    unranked: { zh: '未排名', en: 'Not ranked' },
    search: { zh: '按单位名称查找', en: 'Find a unit' },
  },
  showMore: { zh: '再显示 {count} 个', en: 'Show {count} more' },
  exportAll: { zh: '导出全部排名（CSV）', en: 'Export the whole ranking (CSV)' },
  funnelLead: {
    zh: '横轴是样本量，样本越少偶然性越大，所以界限越宽。界限按各单位的典型误差画出；是否超出以各单位自己的误差判定。',
    en: 'The fewer cases, the more chance, so the wider the limits. They are drawn for the typical error; each unit is judged by its own.',
  },
  card: {
    title: { zh: '{entity}：评分卡', en: '{entity}: scorecard' },
    notScored: { zh: '这个单位在所选方案下没有得分', en: 'This unit has no scores under this scheme' },
    notScoredWhy: {
      zh: '它可能不属于方案评价的层级，或者还没有数据。可换一个方案，或查看它的指标。',
      en: 'It may not be of the kind this scheme ranks, or has no data yet. Choose another scheme or look at its indicators.',
    },
    now: { zh: '本期结果', en: 'This period' },
    parts: { zh: '得分由什么构成', en: 'What the score is made of' },
    partsLead: {
      zh: '贡献 = 实际权重 × 得分，各行相加即综合得分。缺数据的指标不计分，其权重按比例分给其他指标。',
      en: 'Contribution = weight in effect × points; the rows add up to the score. The weight of a missing indicator goes to the others.',
    },
    over: { zh: '得分走势', en: 'Score over time' },
    overLead: {
      zh: '色带是 95% 置信区间；点一个周期可查看当期构成。',
      en: 'The band is the 95% interval; choose a period to see what it is made of.',
    },
    indicator: { zh: '指标', en: 'Indicator' },
    value: { zh: '指标值', en: 'Value' },
    n: { zh: '样本量 n', en: 'n' },
    points: { zh: '得分', en: 'Points' },
    weight: { zh: '方案权重', en: 'Weight' },
    effective: { zh: '实际权重', en: 'Weight in effect' },
    contribution: { zh: '贡献', en: 'Contribution' },
    sum: { zh: '合计', en: 'Sum' },
    missing: { zh: '无数据，未计分', en: 'No data, not counted' },
    few: { zh: '样本不足，未计分', en: 'Too few, not counted' },
    toAlerts: { zh: '查看这个单位的预警', en: 'Alerts of this unit' },
    toMeasure: { zh: '查看这个单位的指标', en: 'Indicators of this unit' },
    back: { zh: '回到排名', en: 'Back to the ranking' },
  },
  edit: {
    newTitle: { zh: '新建评分方案', en: 'New scheme' },
    title: { zh: '调整评分方案：{name}', en: 'Edit scheme: {name}' },
    lead: {
      zh: '保存后生成新版本，并按新版本重算近期得分；旧版本的得分仍可追溯。',
      en: 'Saving makes a new version and scores the recent periods with it; scores of older versions stay on record.',
    },
    whom: { zh: '评价对象', en: 'Who is ranked' },
    id: { zh: '方案编号', en: 'Scheme id' },
    idHint: {
      zh: '小写字母、数字和连字符，用于链接，建好后不能改',
      en: 'Small letters, digits and hyphens; used in links, stays for good',
    },
    titleZh: { zh: '名称（中文）', en: 'Name (Chinese)' },
    titleEn: { zh: '名称（英文，可不填）', en: 'Name (English, optional)' },
    grain: { zh: '评价周期', en: 'Period' },
    kind: { zh: '单位层级', en: 'Kind of unit' },
    below: { zh: '限定在某机构之下', en: 'Only below' },
    redistribute: { zh: '允许缺失的权重上限', en: 'Weight that may be missing' },
    redistributeHint: {
      zh: '缺数据的指标，权重分给其他指标；缺失超过这个比例就不参与排名。',
      en: 'The weight of missing indicators goes to the others; beyond this share the unit is not ranked.',
    },
    items: { zh: '指标与权重', en: 'Indicators and weights' },
    itemsLead: {
      zh: '折算规则按折点线性插值：在折点之间取直线，超出两端按端点计。',
      en: 'Points follow straight lines between the breakpoints; outside they stay at the ends.',
    },
    sum: { zh: '权重合计 {sum}%', en: 'Weights sum to {sum}%' },
    sumRight: { zh: '权重合计 100%', en: 'Weights sum to 100%' },
    sumOff: { zh: '权重合计 {sum}%，需要正好 100%', en: 'Weights sum to {sum}%; they must sum to 100%' },
    spreadEvenly: { zh: '平均分配', en: 'Spread evenly' },
    addItem: { zh: '添加指标', en: 'Add an indicator' },
    removeItem: { zh: '移除这个指标', en: 'Remove this indicator' },
    indicator: { zh: '指标', en: 'Indicator' },
    weight: { zh: '权重', en: 'Weight' },
    required: { zh: '必需（缺了就不排名）', en: 'Required (not ranked without it)' },
    breakpoints: { zh: '折算规则', en: 'Points' },
    at: { zh: '指标值', en: 'Value' },
    gives: { zh: '得分', en: 'Points' },
    addPoint: { zh: '加一个折点', en: 'Add a breakpoint' },
    removePoint: { zh: '移除折点', en: 'Remove breakpoint' },
    curve: { zh: '折算曲线：从 {from} 到 {to}', en: 'Points from {from} to {to}' },
    curveWait: {
      zh: '填好两个以上递增的折点后，这里画出折算曲线',
      en: 'With two or more ascending breakpoints the curve is drawn here',
    },
    unordered: { zh: '折点的指标值必须从小到大，且不重复', en: 'Values must ascend, without repeats' },
    preview: { zh: '预览排名', en: 'Preview the ranking' },
    previewLead: {
      zh: '保存之前，先看这个方案会给出怎样的排名。',
      en: 'See what ranking this scheme would give before saving it.',
    },
    previewPeriod: { zh: '用哪一期的数据', en: 'With data of' },
    previewWait: { zh: '还没有预览', en: 'No preview yet' },
    previewWhy: {
      zh: '填好指标、权重和折点后点“预览排名”。预览不会保存任何内容。',
      en: 'Fill in indicators, weights and points, then preview. Nothing is saved by it.',
    },
    previewNone: { zh: '这一期没有数据，换一期试试', en: 'No data in this period; try another' },
    rankNow: { zh: '现行名次', en: 'Rank now' },
    rankThen: { zh: '新名次', en: 'New rank' },
    save: { zh: '保存为新版本', en: 'Save as new version' },
    create: { zh: '建立方案', en: 'Create scheme' },
    saving: {
      zh: '正在保存并重算近期得分，可能需要几十秒',
      en: 'Saving and scoring recent periods; this may take a minute',
    },
    saved: { zh: '方案已保存，得分已重算', en: 'Saved; scores were calculated again' },
    needIndicator: { zh: '请选择指标', en: 'Choose an indicator' },
    needWeight: { zh: '请填写大于 0 的权重', en: 'Give a weight above 0' },
    needTitle: { zh: '请填写方案名称', en: 'Give the scheme a name' },
    needKind: { zh: '请选择要排名的单位层级', en: 'Choose which kind of unit is ranked' },
    needId: {
      zh: '以小写字母开头，只含小写字母、数字和连字符',
      en: 'Start with a small letter; small letters, digits and hyphens only',
    },
  },
} as const satisfies Words

export const problems = {
  ...publishingProblems,
  SCHEME_INVALID: {
    zh: '方案还不能保存，请按提示逐项修改。',
    en: 'The scheme cannot be saved yet. Mend what is marked.',
  },
  SCHEME_UNKNOWN: {
    zh: '没有编号为“{id}”的评分方案，可能链接已失效。请从评价排名页重新选择。',
    en: 'There is no scheme “{id}”. Choose one on the ranking page.',
  },
  SCHEME_VERSION_UNKNOWN: {
    zh: '方案“{id}”没有第 {version} 版。',
    en: 'Scheme “{id}” has no version {version}.',
  },
  SCHEME_NOT_ADOPTED: {
    zh: '方案“{id}”还没有启用的版本，请先启用一个版本。',
    en: 'No version of scheme “{id}” has been adopted. Adopt one first.',
  },
  VERSION_ADOPTED: {
    zh: '第 {version} 版已经启用。如需修改，请另存为新版本再启用。',
    en: 'Version {version} is adopted already. Save another one and adopt that.',
  },
  ADOPTION_INVALID: {
    zh: '启用日期或并行日期不合适：新版本不能早于已启用的最新版本，并行截止日不能早于启用日。',
    en: 'The dates do not fit: a version cannot begin before the newest one, nor an overlap end before it begins.',
  },
  GRAIN_NOT_SCORED: {
    zh: '方案不按这个周期评分，请换一个周期。',
    en: 'The scheme does not score periods of this length. Choose another one.',
  },
  SCORES_MISSING: {
    zh: '{periodStart} 起的周期还没有得分。',
    en: 'There are no scores for the period from {periodStart}.',
  },
  TOO_MANY_UNITS: {
    zh: '单位太多（上限 {limit} 个），这种算法算不了。请限定在某个机构之下，或改用加权求和、折线计分。',
    en: 'Too many units (at most {limit}) for this way of calculating. Choose a lower node, or weighted sums with straight lines.',
  },
  NOT_FOLDED: {
    zh: '{periodStart} 起的周期数据还在汇总，请稍后再试。',
    en: 'The sums of the period from {periodStart} are not ready yet. Try again later.',
  },
  ASSESSMENT_CLOSED: {
    zh: '{periodStart} 起的周期只在 {opensOn} 至 {closesOn} 之间接受评议，现在不能提交或修改。',
    en: 'Judgements of the period from {periodStart} are taken from {opensOn} to {closesOn} only.',
  },
  ASSESSMENT_OWN_UNIT: {
    zh: '不能评议自己所在的单位；只有该单位负责人可在要求自评的项目上自评。',
    en: 'Nobody judges a unit of their own; only its head may, where the item asks for a self-assessment.',
  },
  ASSESSMENT_NOT_ASKED: {
    zh: '这个评议项目没有请你的角色评议该单位。',
    en: 'This item does not ask your role about that unit.',
  },
  ASSESSMENT_OFF_SCALE: {
    zh: '分值须在 {low} 到 {high} 之间。',
    en: 'The value must lie between {low} and {high}.',
  },
  ITEM_NOT_ASSESSED: {
    zh: '该周期适用的方案版本中没有这个评议项目，方案可能已调整。请刷新页面。',
    en: 'The version in force for this period has no such item to judge. The scheme may have changed: reload the page.',
  },
  UNIT_NOT_IN_SCHEME: {
    zh: '这个单位不在方案的评价对象之内。',
    en: 'The scheme does not rank this unit.',
  },
} satisfies ProblemWords<typeof evaluationRefusals>

export const fields = {
  entityKind: { zh: '单位层级', en: 'Kind of unit' },
  below: { zh: '限定在某机构之下', en: 'Only below' },
  items: { zh: '指标', en: 'Indicators' },
  weight: { zh: '权重', en: 'Weight' },
  points: { zh: '折点', en: 'Breakpoints' },
  redistributedWeightMost: { zh: '允许缺失的权重上限', en: 'Weight that may be missing' },
} satisfies Words
