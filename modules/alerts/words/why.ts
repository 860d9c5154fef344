/** Why an alert was raised: one sentence for each kind of condition. */
import type { Words } from '#platform/web/words'

export const whyWords = {
  threshold: {
    zh: '{period}{indicator} {value}（n={n}），{side}“{colour}”限值 {level}{chance}。',
    en: '{indicator} was {value} (n={n}) in {period}, {side} the level for “{colour}”, {level}{chance}.',
  },
  deviation: {
    zh: '{period}{indicator} {value}（n={n}），{side}{baselineName} {baseline}，偏离基线 {deviation}{chance}。',
    en: '{indicator} was {value} (n={n}) in {period}, {side} {baselineName}, {baseline}, by {deviation} of it{chance}.',
  },
  growth: {
    zh: '{period}{indicator} {value}（n={n}），比{against}的 {baseline} {moved} {measured}{chance}。',
    en: '{indicator} was {value} (n={n}) in {period}: {moved} {measured} from {baseline} {against}{chance}.',
  },
  chart: {
    zh: '{period}{indicator} {value}（n={n}），{chart}出现信号：{rules}；中心线 {baseline}（{set}）。',
    en: '{indicator} was {value} (n={n}) in {period}; the {chart} signals: {rules}. Centre line {baseline} ({set}).',
  },
  'change-point': {
    zh: '{indicator}从{since}起持续变差：比之前的平均 {baseline} 差 {measured}{chance}。最新一期 {value}（n={n}）。',
    en: '{indicator} has been worse since {since}: by {measured} of the mean before, {baseline}{chance}. Newest value {value} (n={n}).',
  },
  'forecast-band': {
    zh: '{period}{indicator} {value}（n={n}），按自身走势应在 {baseline} 左右，已超出 {measured} 的预测区间。',
    en: '{indicator} was {value} (n={n}) in {period}; its own course led to expect about {baseline}. It lies outside the {measured} band.',
  },
  'forecast-miss': {
    zh: '{indicator}现为 {value}。照目前走势，{until}前达不到目标 {baseline} 的可能性为 {measured}。',
    en: '{indicator} is {value}. If things go on, the chance to miss the target of {baseline} by {until} is {measured}.',
  },
  shortage: {
    zh: '{period}需要 {value}，可用 {baseline}，需求为能力的 {measured}{chance}。',
    en: '{value} were needed in {period} and {baseline} were there: {measured} of the capacity{chance}.',
  },
  repeated: {
    zh: '{hours} 小时内“{eventType}”{same}出现 {measured} 次，{side}“{colour}”限值 {level} 次。',
    en: '“{eventType}”{same} happened {measured} times within {hours} hours, {side} the level for “{colour}”, {level}.',
  },
  repeatedBy: {
    zh: '{hours} 小时内“{eventType}”{same}涉及 {measured} 个不同的{distinct}，{side}“{colour}”限值 {level}。',
    en: '“{eventType}”{same} within {hours} hours came from {measured} different {distinct}, {side} the level for “{colour}”, {level}.',
  },
  keyword: {
    zh: '{hours} 小时内有 {measured} 处提到关注的词，{side}“{colour}”限值 {level} 处{found}。',
    en: 'Words on watch were found {measured} times within {hours} hours, {side} the level for “{colour}”, {level}{found}.',
  },
  silence: {
    zh: '已有 {measured} 小时没有收到“{eventType}”，{side}“{colour}”限值 {level} 小时{last}。',
    en: 'No “{eventType}” has come for {measured} hours, {side} the level for “{colour}”, {level} hours{last}.',
  },
  combination: {
    zh: '{measured} 条规则同时触发：{rules}。',
    en: '{measured} rules fire at once: {rules}.',
  },
  same: { zh: '（{names}）', en: ' ({names})' },
  found: { zh: '，例如：{names}', en: ', e.g. {names}' },
  last: { zh: '，最后一条在 {at}', en: '; the last came {at}' },
  quoted: { zh: '“{text}”', en: '“{text}”' },
  above: { zh: '高于', en: 'above' },
  below: { zh: '低于', en: 'below' },
  at: { zh: '达到', en: 'at' },
  rose: { zh: '上升', en: 'up' },
  fell: { zh: '下降', en: 'down' },
  previous: { zh: '上一期', en: 'in the period before' },
  previousMany: { zh: '前 {periods} 期合计', en: 'over the {periods} periods before' },
  yearBefore: { zh: '去年同期', en: 'a year before' },
  own: { zh: '自身前 {periods} 期基线', en: 'its own {periods} periods before' },
  season: { zh: '自身往年同期', en: 'the same season of its own years before' },
  peers: { zh: '同期同类单位基线', en: 'its peers in the same period' },
  target: { zh: '目标值', en: 'the target' },
  industry: { zh: '行业水平', en: 'the figure of the industry' },
  beyondChance: { zh: '，超出随机波动', en: ', more than chance explains' },
  beyondChanceBy: {
    zh: '，超出随机波动（纯属偶然的概率 {p}）',
    en: ', more than chance explains (probability by chance {p})',
  },
  mayBeChance: {
    zh: '；也可能只是随机波动（偶然出现的概率 {p}）',
    en: '; chance may explain it (probability {p})',
  },
  noInterval: {
    zh: '（该指标没有置信区间，仅按限值判断）',
    en: ' (no interval for this indicator: judged by the level alone)',
  },
  pooled: {
    zh: '下级 {count} 个单位的信号合并为这一条。',
    en: ' {count} units below it signalled together.',
  },
  again: { zh: '已有 {count} 期触发。', en: ' {count} periods have fired.' },
} as const satisfies Words
