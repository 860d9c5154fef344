/** Sentences of the scorecard of one unit. */
import type { Words } from '#platform/web/words'

export const scorecardWords = {
  experience: { zh: '体验分 {score}（1–5 分）', en: 'Experience score {score} of 5' },
  interval: { zh: '{level}% 区间 {low}–{high}', en: '{level}% interval {low} to {high}' },
  topChance: {
    zh: '真正属于前 {count} 名的可能为 {share}',
    en: 'Chance of truly belonging to the top {count}: {share}',
  },
  starsFrom: { zh: '上期 {before} 星', en: '{before} {before|star|stars} the period before' },
  ahead: { zh: '超过 {share}% 的单位', en: 'Ahead of {share}% of the units' },
  item: { zh: '项目', en: 'Item' },
  drawn: { zh: '计分用 {value}', en: 'counted as {value}' },
  drawnWhy: {
    zh: '样本较少，数值已向可比组平均靠拢，避免小单位因偶然排到两头。',
    en: 'With few cases the value was drawn towards its peers, so that chance alone puts no small unit at either end.',
  },
  missing: {
    'no-value': { zh: '无数据，未计分', en: 'No data, not counted' },
    'too-few': { zh: '样本不足，未计分', en: 'Too few cases, not counted' },
    hidden: { zh: '不可见，未计分', en: 'Not to be seen, not counted' },
  },
  weightChanged: {
    zh: '方案中占 {declared}；有项目缺数据，权重转移后占 {effective}。',
    en: '{declared} by the scheme; {effective} here, because the weight of missing items was shared out.',
  },
  weight: { zh: '权重', en: 'Weight' },
  notASum: {
    zh: '这个方案不是加权求和，各项的贡献不能直接相加，所以只列得分和权重。',
    en: 'The scheme is no weighted sum: what single items give cannot be added up, so only points and weights are shown.',
  },
  protectedSum: {
    zh: '有项目受保护：它计入了综合得分，但不单列数值。',
    en: 'Protected items count in the score, but their figures are not told.',
  },
  gains: {
    title: { zh: '再提高一点，能得多少', en: 'What a little more would bring' },
    lead: {
      zh: '按这一期的权重和折算规则推算，假定其他项目不变。没有计入改善所需的成本。',
      en: 'By the weights and rules of this period, all else staying the same. What the effort costs is not considered.',
    },
    next: {
      zh: '升到 {stars} 星需要 {points} 分，还差 {missing} 分。',
      en: '{stars} stars take {points} points: {missing} more.',
    },
    margin: {
      zh: '已含换级所需的 {margin} 分余量。',
      en: 'The margin of {margin} {margin|point|points} for a change of grade is included.',
    },
    top: { zh: '已经是最高星级。', en: 'This is the highest grade already.' },
    moving: {
      zh: '星级界线按各单位的得分划定，以后会变；这里用的是这一期的界线。',
      en: 'The borders follow from all units’ scores and will move; these are those of this period.',
    },
    capped: {
      zh: '触发了“{gate}”，在它解除之前，再高的得分也升不了级。',
      en: '“{gate}” caps the grade: until that is mended, no score raises it.',
    },
    counted: { zh: '计分值', en: 'Counts as' },
    perUnit: { zh: '每改善一点', en: 'For one step better' },
    more: { zh: '每提高 {unit}：+{gain} 分', en: '+{gain} for {unit} more' },
    less: { zh: '每减少 {unit}：+{gain} 分', en: '+{gain} for {unit} less' },
    one: {
      points: { zh: '1 分', en: '1 point' },
      days: { zh: '1 天', en: '1 day' },
      hours: { zh: '1 小时', en: '1 hour' },
    },
    flat: { zh: '在当前水平附近，小幅变化不加分', en: 'A small change brings nothing here' },
    steps: { zh: '分档计分，跨档才加分', en: 'Only reaching a step counts' },
    most: { zh: '最多还能加', en: 'Could still bring' },
    reach: { zh: '单靠它升级需达到', en: 'Alone enough at' },
    reachNot: { zh: '单靠它不够', en: 'Not enough alone' },
    reachPoints: { zh: '该项得 {points} 分', en: '{points} points in this item' },
    shrunk: { zh: '（靠拢后的值）', en: ' (after drawing)' },
    none: {
      zh: '这个方案不是加权求和，无法逐项推算。',
      en: 'The scheme is no weighted sum: nobody can say item by item.',
    },
  },
  toPlan: { zh: '提出改善方案', en: 'Propose a plan' },
  level: {
    zh: '色带是 {level}% 区间；点一个周期可看当期构成。',
    en: 'The band is the {level}% interval; choose a period to see what it is made of.',
  },
} as const satisfies Words
