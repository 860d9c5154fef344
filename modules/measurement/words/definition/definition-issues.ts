/** What can be wrong with a definition, told with the way out. */
import type { Sentence } from '#platform/web/words'
import type { DefinitionRule } from '../../rules/drafts/issues.ts'

export const definitionIssueWords: Readonly<Record<DefinitionRule, Sentence>> = {
  never: {
    zh: '关于“{attribute}”的条件互相矛盾，没有事件能同时满足，结果会永远是 0',
    en: 'no event fulfils all conditions on “{attribute}”: it would always be 0',
  },
  cancels: { zh: '各项相互抵消，结果会永远是 0', en: 'the terms cancel each other: it would always be 0' },
  'share-of-all': {
    zh: '分子与分母相同，比例会永远是全部。请给分子加上条件',
    en: 'numerator and denominator are the same: the share would always be all. Give the numerator a condition',
  },
  'quantile-turned': { zh: '系数为负会把分位数颠倒', en: 'a negative factor would turn the quantile round' },
  'unit-duration': { zh: '时长的单位请选分钟、小时或天', en: 'a duration is told in minutes, hours or days' },
  'unit-share': {
    zh: '占比的单位请选百分比、千分比或数值',
    en: 'a share is told in percent, per thousand or as a plain number',
  },
  'unit-score': {
    zh: '净推荐值在 −100 到 100 之间，单位请选“分”或“数值”',
    en: 'a net promoter score lies between −100 and 100: choose points or a plain number',
  },
  'beyond-window': {
    zh: '时限超出了等待后续事件的时间窗，请缩短时限或放宽时间窗',
    en: 'the limit lies beyond the window in which the second event is looked for',
  },
  'scale-order': { zh: '量表的最低分必须小于最高分', en: 'the scale ends before it begins' },
  'score-outside': { zh: '分数界限超出了量表范围', en: 'the limit lies outside the scale' },
  'score-order': { zh: '批评者的最高分必须低于推荐者的最低分', en: 'who is a detractor cannot be a promoter too' },
  'pair-same': {
    zh: '前后两个事件完全相同。要看同一种事件再次发生，请选“重复发生率”',
    en: 'both events are of the same stream; choose “repeat” for an event that comes again',
  },
  'match-twice': { zh: '同一属性写了两次', en: 'an attribute is named twice' },
  ambiguous: {
    zh: '有两项都叫“{name}”，公式分不清指哪一项，请改名',
    en: 'two are called “{name}”: the formula could mean either. Rename one',
  },
  'formula-constant': {
    zh: '公式里没有用到任何变量，结果会永远不变',
    en: 'the formula names nothing that changes: it would always be the same',
  },
  'formula-last': {
    zh: '多个机构合在一起时“最近一次读数”没有意义。请改用“存量读数”算法，或把汇总方式设为各机构平均',
    en: 'the last reading of several units together is that of any of them; use kind “level”, or roll up as mean of units',
  },
  'fact-unknown': { zh: '没有名为“{name}”的变量', en: 'there is no fact “{name}”' },
  'shrink-minimum': {
    zh: '向整体收缩要有最小样本量，它就是整体所占的权重',
    en: 'shrinking needs a smallest n: it is the weight of the whole',
  },
  'shrink-total': {
    zh: '单个机构的计数或合计不是整体的估计，不能向整体收缩',
    en: 'a unit’s count is no estimate of the whole’s: counts and totals are not shrunk',
  },
  'roll-up-derived': {
    zh: '衍生指标的汇总方式由组成它的指标决定，请在那些指标上设置',
    en: 'a derived indicator follows its parts: declare the mean of units on them',
  },
  'roll-up-stock': {
    zh: '存量、累计和去重计数在机构间应当相加，取平均说明不了整体',
    en: 'stocks, running totals and different values add up over units; their mean says nothing about the whole',
  },
  'zero-share': {
    zh: '一件都没有时谈不上比例、比率或平均值，不能当作 0',
    en: 'nothing of nothing is no zero: without a case there is no share, rate or mean',
  },
  'zero-level': {
    zh: '没有读数不等于存量为 0，请改为沿用上一次读数',
    en: 'a level without a reading is not known to be zero; carry the last reading instead',
  },
  'answers-window': {
    zh: '滚动、累计和存量会因答卷的进出而暴露单份答卷，请改用按期计算的算法，或声明为事实数据',
    en: 'a moving window gives single answers away by what comes and goes: choose a kind that counts by period, or declare it to be facts',
  },
  'exclusion-kind': {
    zh: '剔除只适用于逐件判定的指标；衍生指标请在组成它的指标上设置，积压和存量不能剔除',
    en: 'exclusions belong to indicators that judge single events; declare them on the parts',
  },
  'example-missing': {
    zh: '至少要有一个算例：给出事件（衍生指标给出各组成值）和应得的结果',
    en: 'at least one worked example is needed: events (or the parts’ values) in, expected value out',
  },
  'example-order': { zh: '算例的结束日期早于开始日期', en: 'the example ends before it begins' },
  'example-parts': { zh: '衍生指标的算例要给出各组成指标的值', en: 'give the values of the parts' },
  'example-disagrees': {
    zh: '按口径算出 {value}（n = {n}），与预期的 {expected} 不一致',
    en: 'the definition gives {value} (n = {n}), expected is {expected}',
  },
  'share-range': {
    zh: '按这个单位，占比只能在 0 到 {most} 之间',
    en: 'a share in this unit lies between 0 and {most}',
  },
  'band-order': { zh: '区间下限不能高于上限', en: 'the band ends before it begins' },
  'band-direction': {
    zh: '目标区间只用于“不分好坏”的指标',
    en: 'a band is for indicators where neither more nor less is better',
  },
  'band-target': { zh: '目标值与目标区间只能设一个', en: 'there is either a target or a band' },
  'cap-empty': { zh: '请至少填写一个界限', en: 'give a lower or an upper limit' },
  'cap-order': { zh: '下限必须小于上限', en: 'the lower limit is not below the upper one' },
  'cap-kind': { zh: '这种算法只数事件，没有可以封顶的数值', en: 'this kind counts events: there is no amount to cap' },
  'cap-percentile': {
    zh: '按百分位封顶只适用于平均值、分位数、时长和存量读数',
    en: 'percentiles are those of one value: of means, quantiles, durations and levels',
  },
  'cap-too-few': {
    zh: '过去一年只有 {found} 个数值，确定百分位至少要 {needed} 个。请直接填写界限',
    en: 'the year before holds {found} values; percentiles need {needed}. Name the limits instead',
  },
  'calendar-unknown': {
    zh: '没有编号为“{id}”的日历，请先在管理中新建',
    en: 'there is no calendar “{id}”; create it first under administration',
  },
  'part-unknown': { zh: '没有编号为“{id}”的指标', en: 'there is no indicator “{id}”' },
  'definition-cycle': { zh: '指标绕了一圈又用到自己：{path}', en: 'the indicator rests on itself: {path}' },
  'definition-depth': {
    zh: '指标套指标最多 {limit} 层，请减少层数',
    en: 'indicators of indicators go at most {limit} levels deep',
  },
  'formula-syntax': {
    zh: '公式在第 {character} 个字符处无法读懂，请检查括号和运算符',
    en: 'the formula cannot be read from character {character} on; check brackets and operators',
  },
  'formula-text': { zh: '公式里只能有数字和变量名，不能有文字', en: 'a formula holds numbers and names, no texts' },
  'formula-form': {
    zh: '公式只能用数字、变量名、+ - * / ( )、比较、“条件 ? 甲 : 乙”和函数',
    en: 'a formula holds numbers, names, + - * / ( ), comparisons, a ? b : c and functions',
  },
  'formula-name': { zh: '没有变量“{name}”，可用的有：{offered}', en: 'there is no “{name}”; there are: {offered}' },
  'formula-member': {
    zh: '变量写作名称，或名称加一个统计量，例如 visits.sum',
    en: 'a quantity is a name, or a name and one of its figures, e.g. visits.sum',
  },
  'formula-function': {
    zh: '“{name}”不是可用的函数，可用的有：{offered}',
    en: '“{name}” is no function of formulas; there are: {offered}',
  },
  'formula-operator': { zh: '公式里不能用运算符 {operator}', en: '{operator} is no operator of formulas' },
  'formula-arguments': { zh: '函数 {name} 需要 {count} 个参数', en: '{name} takes {count} arguments' },
  'formula-unit': {
    zh: '“{operator}”两边的量单位不同，不能相加减或比较',
    en: 'quantities of different units are not added or compared ({left} {operator} {right})',
  },
  'formula-depth': { zh: '公式嵌套超过 {limit} 层，请拆开', en: 'the formula is nested deeper than {limit} levels' },
  'effective-overlap': {
    zh: '第 {version} 版从 {from} 起生效，新版本的生效日期不能更早',
    en: 'version {version} judges from {from} on; begin on that day or later',
  },
  retired: { zh: '这个指标已停用，不能再修改', en: 'this indicator is retired and takes no new version' },
  'twice-in-text': { zh: '同一编号在文本里出现了两次', en: 'the same id stands in the text twice' },
  'text-broken': {
    zh: '第 {line} 行无法读取，请检查缩进、冒号和引号',
    en: 'line {line} cannot be read; check indents, colons and quotes',
  },
  'text-empty': { zh: '文本里没有指标定义', en: 'the text holds no definition' },
  'text-too-many': {
    zh: '一个文件最多 {limit} 个指标，请分成几个文件',
    en: 'a file holds at most {limit} definitions; split it',
  },
}
