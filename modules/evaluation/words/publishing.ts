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

/** What is wrong with a field, by its rule. */
export const publishingRules = {
  'adjustment-unknown': {
    zh: '方案里没有这个指标或封顶条件，请重新选择。',
    en: 'The scheme has no such item or gate. Choose another.',
  },
  'adjustment-twice': {
    zh: '同一项不能调整两次，请合并成一条。',
    en: 'One item cannot be changed twice. Make it one change.',
  },
  'adjustment-range': {
    zh: '数值超出这个指标可能的范围，请检查单位（例如百分数填 0–100）。',
    en: 'The value lies outside of what this item can be. Check the unit: percent are 0 to 100.',
  },
  'adjustment-needed': {
    zh: '支持异议时要写明调整什么；驳回时不能带调整。',
    en: 'To uphold an objection say what is changed; a rejected one changes nothing.',
  },
  'reason-needed': { zh: '更正已发布的得分必须写明原因。', en: 'A correction of what is published needs its reason.' },
  'item-unknown': { zh: '方案里没有这个指标。', en: 'The scheme has no such item.' },
  'table-order': { zh: '对照表的数值必须从小到大，且不重复。', en: 'The values of the table must ascend, each once.' },
  'table-range': { zh: '星级为 1–5，综合得分为 0–100。', en: 'Stars go from 1 to 5, scores from 0 to 100.' },
  'table-empty': {
    zh: '至少有一档要大于 0，否则谁也分不到。',
    en: 'Some value must give more than 0, or nobody gets anything.',
  },
  'whole-number': {
    zh: '请填整数：星级为整数，金额以分为单位。',
    en: 'Whole numbers only: stars, and hundredths of the currency.',
  },
  'kind-unfit': {
    zh: '这一项不适用于所选类型：标志只按星级，保底份额只用于份额，总额和币种只用于金额。',
    en: 'This does not go with the kind: signs show stars, a least part is for shares, total and currency are for amounts.',
  },
  'currency-missing': { zh: '请填写币种，例如 CNY。', en: 'Name the currency, e.g. CNY.' },
} as const satisfies Words

/** How scores came about, for people who read a league table: one sentence after another, filled from the scheme. */
export const methodWords = {
  items: {
    zh: '{items} 项指标分属 {dimensions} 个维度，各按权重计分：{weights}。',
    en: '{items} {items|item|items} in {dimensions} {dimensions|dimension|dimensions}, by weight: {weights}.',
  },
  weightOf: { zh: '{title} {percent}%', en: '{title} {percent}%' },
  separator: { zh: '，', en: ', ' },
  aggregation: {
    'weighted-sum': {
      zh: '综合得分是各项得分（0–100 分）按权重相加。',
      en: 'The score is the sum of the items’ points (0 to 100) by their weights.',
    },
    'weighted-product': {
      zh: '综合得分是各项得分按权重的几何平均：一项太差，其他项补不回来。',
      en: 'The score is the geometric mean of the items’ points by their weights: one bad item is not made good by others.',
    },
    topsis: {
      zh: '综合得分表示离最优表现有多近、离最差表现有多远（TOPSIS 法）。',
      en: 'The score says how near a unit is to the best and how far from the worst performance (TOPSIS).',
    },
    vikor: {
      zh: '综合得分兼顾整体差距和最差一项的差距（VIKOR 法）。',
      en: 'The score weighs the whole shortfall against that of the worst item (VIKOR).',
    },
    'grey-relational': {
      zh: '综合得分是与最优表现的灰色关联度。',
      en: 'The score is the grey relational grade with the best performance.',
    },
    fuzzy: {
      zh: '综合得分由模糊综合评价得出：各项得分按隶属度归入等级，再按权重合成。',
      en: 'The score comes from fuzzy comprehensive evaluation: points belong to neighbouring levels, joined by the weights.',
    },
    'data-envelopment': {
      zh: '综合得分是投入产出的相对效率（数据包络分析）。',
      en: 'The score is the relative efficiency of results for resources (data envelopment analysis).',
    },
  },
  shrunk: {
    zh: '样本少的单位，指标值先向同类单位的平均水平靠拢，避免因偶然而大起大落。',
    en: 'Values of small units are drawn towards those of their peers first, so that chance does not throw them about.',
  },
  peers: { zh: '同类单位之间比较。', en: 'Units are compared with their peers.' },
  missing: {
    'redistribute-in-dimension': {
      zh: '缺数据的指标不计分，其权重由同一维度的其他指标分担；缺失超过总权重 {percent}% 的单位不排名。',
      en: 'The weight of a missing item goes to the others of its dimension; with more than {percent}% of all weight missing a unit is not ranked.',
    },
    'redistribute-all': {
      zh: '缺数据的指标不计分，其权重由其他指标分担；缺失超过总权重 {percent}% 的单位不排名。',
      en: 'The weight of a missing item goes to all others; with more than {percent}% of all weight missing a unit is not ranked.',
    },
    'not-ranked': { zh: '缺任何一项数据的单位不排名。', en: 'A unit with a missing item is not ranked.' },
  },
  gates: {
    zh: '出现下列情况时，得分或星级封顶：{titles}。',
    en: 'Score or stars are capped where this happened: {titles}.',
  },
  bands: {
    fixed: {
      zh: '星级按固定分数线划分，人人都可以得五星。',
      en: 'Stars begin at fixed points, which every unit may reach.',
    },
    quantile: { zh: '星级按名次的比例划分。', en: 'Stars are given by shares of the units.' },
    'k-means': {
      zh: '星级按得分自然分组划分（一维最优聚类）。',
      en: 'Stars follow the groups the scores fall into (optimal clustering).',
    },
  },
  held: {
    zh: '得分越过星级线 {points} 分以上才升降星级，以免来回跳动。',
    en: 'Stars change only when the score passes a border by {points} {points|point|points}, so that they do not flicker.',
  },
  certainty: {
    zh: '得分附有 {percent}% 置信区间，名次附有可能范围；区间重叠的单位，不能断定谁更好。',
    en: 'Scores carry {percent}% intervals and ranks a range: where intervals overlap, nobody can say which unit is better.',
  },
  change: {
    zh: '与上期相比，变化在偶然波动范围内的，标为“无显著变化”。',
    en: 'A change from the period before that chance alone explains is told as “no significant change”.',
  },
  withheld: {
    zh: '样本太少、不参与排名的单位只列名称，不公布数值。',
    en: 'Units with too few cases to rank are named without any values.',
  },
} as const satisfies Words

/** What stands on a sign of stars. */
export const signWords = {
  told: {
    zh: '{organisation} {period}：{name}，{stars} 星（满分 5 星）',
    en: '{organisation}, {period}: {name}, {stars} of 5 stars',
  },
  verify: { zh: '核验码', en: 'Verify' },
} as const satisfies Words
