/** A definition as sentences: one template for each kind and property. */
import type { Words } from '#platform/web/words'

export const toldWords = {
  kinds: {
    count: { zh: '统计{numerator}。', en: 'Counts {numerator}.' },
    sum: { zh: '合计{numerator}。', en: 'The total of {numerator}.' },
    mean: { zh: '{numerator}的平均值。', en: 'The mean of {numerator}.' },
    ratio: { zh: '{numerator}，除以{denominator}。', en: '{numerator}, divided by {denominator}.' },
    proportion: { zh: '{numerator}，占{denominator}的比例。', en: 'The share of {numerator} in {denominator}.' },
    quantile: {
      zh: '{numerator}从小到大排列，位于 {percent}% 处的值。',
      en: 'The value below which {percent} % of {numerator} lie.',
    },
    distinct: {
      zh: '{stream}中，“{attribute}”有多少个不同的取值。',
      en: 'How many different values “{attribute}” has in {stream}.',
    },
    durationMean: {
      zh: '从{from}到其后第一个{to}，平均用时。',
      en: 'The mean time from {from} to the first {to} after it.',
    },
    durationQuantile: {
      zh: '从{from}到其后第一个{to}，{percent}% 的情形在这个时间内完成。',
      en: 'The time within which {percent} % of {from} are followed by {to}.',
    },
    durationWithin: {
      zh: '{from}之后 {limit}内出现{to}的比例。',
      en: 'The share of {from} followed by {to} within {limit}.',
    },
    conversion: {
      zh: '{from}之后，在时间窗内出现{to}的比例。',
      en: 'The share of {from} that are followed by {to} within the window.',
    },
    repeat: {
      zh: '{stream}之后 {window}内，{match}相同的事件再次发生的比例。',
      en: 'The share of {stream} followed by another of the same {match} within {window}.',
    },
    cumulative: { zh: '{window}累计的{numerator}。', en: '{numerator}, added up {window}.' },
    backlog: {
      zh: '截至时段末的积压：{opened}的条数，减去{closed}的条数。',
      en: 'The backlog at the end of the period: the number of {opened} minus the number of {closed}.',
    },
    level: {
      zh: '{stream}的“{value}”读数：每个机构取本期{take}，各机构相加。',
      en: 'The reading “{value}” of {stream}: {take} of each unit’s period, added up over units.',
    },
    surveyMean: {
      zh: '{stream}的评分“{value}”（{low} 到 {high} 分）的平均分。',
      en: 'The mean rating “{value}” of {stream} (scale {low} to {high}).',
    },
    surveyTop: {
      zh: '{stream}的评分“{value}”（{low} 到 {high} 分）中，{from} 分及以上的比例。',
      en: 'The share of ratings “{value}” of {stream} (scale {low} to {high}) from {from} on.',
    },
    surveyPromoter: {
      zh: '{stream}的评分“{value}”（{low} 到 {high} 分）：{promoters} 分及以上的比例，减去 {detractors} 分及以下的比例（净推荐值）。',
      en: 'Ratings “{value}” of {stream} (scale {low} to {high}): share from {promoters} on minus share up to {detractors} (net promoter score).',
    },
    expression: { zh: '按公式 {formula} 计算，其中：{parts}。', en: 'The formula {formula}, where {parts}.' },
    derived: { zh: '按公式 {formula} 计算，其中：{parts}。', en: 'The formula {formula}, where {parts}.' },
  },
  stream: { zh: '“{type}”事件', en: '“{type}” events' },
  streamWhere: { zh: '{conditions}的“{type}”事件', en: '“{type}” events where {conditions}' },
  streamCount: { zh: '{stream}数', en: '{stream}' },
  streamValue: { zh: '{stream}的“{value}”', en: '“{value}” of {stream}' },
  streamDistinct: { zh: '{stream}（其中“{attribute}”去重计数）', en: '{stream} (different “{attribute}”)' },
  factIs: { zh: '{name} 指{what}', en: '{name} stands for {what}' },
  partIs: { zh: '{name} 指“{what}”', en: '{name} stands for “{what}”' },
  nOf: { zh: '样本量取 {name} 的事件数。', en: 'n is that of {name}.' },
  matched: { zh: '前后事件按{match}配对', en: 'Events are paired by {match}' },
  sameUnit: { zh: '，须在同一机构', en: ' and unit' },
  anyUnit: { zh: '，可跨机构', en: ', across units' },
  window: { zh: '，最多等 {window}。', en: ', within {window}.' },
  open: {
    exclude: { zh: '没有等到后续事件的不计入。', en: 'Those without a second event are left out.' },
    censor: {
      zh: '时间窗还没过完的先不计入；过完仍没有等到的，计为未发生（时长按整个时间窗计）。',
      en: 'Those whose window still runs are left out; when it is over they count as not followed (or with the whole window).',
    },
    'count-late': {
      zh: '还没有等到后续事件的，一开始就计为未发生（时长按整个时间窗计）。',
      en: 'Those without a second event count as not followed (or with the whole window) from the first moment.',
    },
  },
  windows: {
    rolling: { zh: '最近 {days} 天', en: 'over the last {days} {days|day|days}' },
    month: { zh: '从月初起', en: 'since the begin of the month' },
    quarter: { zh: '从季初起', en: 'since the begin of the quarter' },
    year: { zh: '从年初起', en: 'since the begin of the year' },
    lifetime: { zh: '从最早的记录起', en: 'since the beginning' },
  },
  takes: {
    last: { zh: '最后一次读数', en: 'the last' },
    least: { zh: '最小读数', en: 'the least' },
    greatest: { zh: '最大读数', en: 'the greatest' },
    mean: { zh: '平均读数', en: 'the mean' },
  },
  hours: { zh: '{count} 小时', en: '{count} {count|hour|hours}' },
  days: { zh: '{count} 天', en: '{count} {count|day|days}' },
  minutes: { zh: '{count} 分钟', en: '{count} {count|minute|minutes}' },
  and: { zh: '且', en: ' and ' },
  quoted: { zh: '“{name}”', en: '“{name}”' },
  list: { zh: '、', en: ', ' },
  semicolon: { zh: '；', en: '; ' },
  conditions: {
    is: { zh: '“{name}”为“{value}”', en: '“{name}” is “{value}”' },
    'is-not': { zh: '“{name}”不为“{value}”', en: '“{name}” is not “{value}”' },
    in: { zh: '“{name}”属于（{value}）', en: '“{name}” is one of ({value})' },
    'not-in': { zh: '“{name}”不属于（{value}）', en: '“{name}” is none of ({value})' },
    given: { zh: '填写了“{name}”', en: '“{name}” is given' },
    'not-given': { zh: '没有填写“{name}”', en: '“{name}” is not given' },
    'at-least': { zh: '“{name}”不少于 {value}', en: '“{name}” is at least {value}' },
    'more-than': { zh: '“{name}”大于 {value}', en: '“{name}” is more than {value}' },
    'at-most': { zh: '“{name}”不超过 {value}', en: '“{name}” is at most {value}' },
    'less-than': { zh: '“{name}”小于 {value}', en: '“{name}” is less than {value}' },
    open: { zh: '发生在日历“{name}”的工作时间内', en: 'they happen in the open hours of calendar “{name}”' },
    closed: { zh: '发生在日历“{name}”的工作时间外', en: 'they happen outside the open hours of calendar “{name}”' },
  },
  rest: {
    minimum: { zh: '样本量不足 {n} 时：', en: 'Below n = {n}: ' },
    hide: { zh: '不显示数值。', en: 'no value is shown.' },
    provisional: {
      zh: '显示数值，标明样本不足，不参与评判。',
      en: 'the value is shown as provisional and not judged.',
    },
    shrink: { zh: '把数值向全部机构的水平靠拢。', en: 'the value is drawn towards the whole organisation’s.' },
    gap: { zh: '没有事件的时段留空。', en: 'A period without events is a gap.' },
    zero: { zh: '没有事件的时段记为 0。', en: 'A period without events is a zero.' },
    carry: {
      zh: '没有事件的时段沿用前值，最多 {periods} 期。',
      en: 'A period without events takes the value before it, for at most {periods} {periods|period|periods}.',
    },
    capLow: { zh: '低于 {low} 的数值按 {low} 计。', en: 'Values under {low} count as {low}. ' },
    capHigh: { zh: '高于 {high} 的数值按 {high} 计。', en: 'Values over {high} count as {high}.' },
    capPercentile: {
      zh: '数值限制在保存前一年的第 {low} 至第 {high} 百分位之间。',
      en: 'Values are limited to the {low} and {high} percentile of the year before it was saved.',
    },
    exclusion: {
      zh: '剔除“{reason}”：{conditions}，且须有“{evidence}”作证明；每期最多剔除 {share}%，超出则一件不剔。',
      en: 'Left out for “{reason}”: events where {conditions}, with “{evidence}” as evidence; at most {share} % of a period, beyond that none.',
    },
    population: { zh: '只看这些类型的机构：{kinds}。', en: 'Only units of kind {kinds}.' },
    units: { zh: '上级机构取各下级机构数值的平均。', en: 'A node’s value is the mean of its units’ values.' },
    from: { zh: '从 {day} 起适用。', en: 'Judges from {day} on.' },
  },
} satisfies Words
