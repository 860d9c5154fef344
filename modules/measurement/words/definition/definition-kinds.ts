/** Every kind of indicator: its name, what it does, and an example in one line. */
import type { Words } from '#platform/web/words'

export const kindNames = {
  count: { zh: '计数', en: 'Count' },
  sum: { zh: '合计', en: 'Sum' },
  mean: { zh: '平均值', en: 'Mean' },
  proportion: { zh: '占比', en: 'Proportion' },
  ratio: { zh: '比值', en: 'Ratio' },
  quantile: { zh: '分位数', en: 'Quantile' },
  distinct: { zh: '去重计数', en: 'Different values' },
  duration: { zh: '两个事件之间的时长', en: 'Time between two events' },
  conversion: { zh: '转化率', en: 'Conversion' },
  repeat: { zh: '重复发生率', en: 'Repeat' },
  cumulative: { zh: '累计', en: 'Running total' },
  backlog: { zh: '积压', en: 'Backlog' },
  level: { zh: '存量读数', en: 'Level' },
  survey: { zh: '问卷评分', en: 'Survey' },
  expression: { zh: '自定义公式', en: 'Formula over facts' },
  derived: { zh: '衍生指标', en: 'Formula over indicators' },
} satisfies Words

export const kindExamples = {
  count: { zh: '事件有多少条。例如：投诉件数', en: 'How many events. E.g. complaints' },
  sum: { zh: '某个数值的总和。例如：退款金额合计', en: 'The total of a value. E.g. refunds in yuan' },
  mean: { zh: '某个数值的平均。例如：平均等待分钟数', en: 'The mean of a value. E.g. minutes waited' },
  proportion: {
    zh: '部分占全部的比例，分子是分母的一部分。例如：30 分钟内办结率',
    en: 'A part of all. E.g. seen within 30 minutes',
  },
  ratio: {
    zh: '两个量相除，可来自不同事件。例如：每千人次投诉数',
    en: 'One amount over another, also of other events. E.g. complaints per thousand visits',
  },
  quantile: {
    zh: '大多数情形不超过多少。例如：九成顾客等待不超过几分钟',
    en: 'Within what most lie. E.g. nine of ten wait no longer',
  },
  distinct: { zh: '不同的人或物有多少个。例如：服务过的客户数', en: 'How many different ones. E.g. customers served' },
  duration: {
    zh: '从一个事件到另一个事件用了多久。例如：从受理到办结的时长',
    en: 'From one event to another. E.g. from application to decision',
  },
  conversion: {
    zh: '前一事件之后有多少出现后一事件。例如：咨询后成交的比例',
    en: 'How many are followed by another. E.g. enquiries that become orders',
  },
  repeat: {
    zh: '同样的事件多快又来一次。例如：七天内重复来电率',
    en: 'How many come again. E.g. calls repeated within seven days',
  },
  cumulative: {
    zh: '最近若干天或从年初起加总。例如：年初至今投诉数',
    en: 'Added up over days or since a begin. E.g. complaints this year so far',
  },
  backlog: { zh: '开始了但还没结束的有多少。例如：未办结工单数', en: 'Begun and not ended. E.g. open tickets' },
  level: { zh: '某个状态的读数。例如：月末床位数', en: 'Readings of a state. E.g. beds at the end of the month' },
  survey: {
    zh: '评分的平均、满意率或净推荐值。例如：五分制满意率',
    en: 'Mean, top box or net promoter score. E.g. satisfied on a scale of five',
  },
  expression: {
    zh: '用公式组合几个量。例如：(办结数 − 退件数) / 受理数',
    en: 'A formula over several amounts. E.g. (done - returned) / received',
  },
  derived: {
    zh: '用公式组合已有指标。例如：投诉率 × 平均处理成本',
    en: 'A formula over indicators. E.g. complaint rate × cost per case',
  },
} satisfies Words
