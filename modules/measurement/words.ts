/** Every sentence of `measurement` a person reads: indicators, series, definitions, events, imports. */
import type { ProblemWords, Sentence, Words } from '#platform/web/words'
import type { measurementRefusals } from './contract.ts'
import { exploreWords } from './words/explore.ts'
import { importWords } from './words/imports.ts'
import { customerFields, customerProblems, customerWords } from './words/customers.ts'
import { definitionWords } from './words/definition/definition.ts'
import { libraryWords } from './words/library.ts'
import { sourceWords } from './words/sources.ts'
import { definitionFields } from './words/definition/definition-fields.ts'
import { definitionIssueWords } from './words/definition/definition-issues.ts'

export const words = {
  title: { zh: '测量', en: 'Measure' },
  indicators: {
    title: { zh: '指标', en: 'Indicators' },
    lead: {
      zh: '把服务事件变成可信的数字：每个值都带着单位、样本量和置信区间。',
      en: 'Service events become figures to trust: each with its unit, its n and its interval.',
    },
    name: { zh: '指标', en: 'Indicator' },
    latest: { zh: '最新完整一期', en: 'Latest full period' },
    period: { zh: '时段', en: 'Period' },
    trend: { zh: '走势', en: 'Course' },
    n: { zh: '样本量 n', en: 'n' },
    target: { zh: '目标', en: 'Target' },
    state: { zh: '状态', en: 'State' },
    signals: { zh: '{count} 个异常信号', en: '{count} {count|signal|signals}' },
    noTarget: { zh: '未设目标', en: 'No target' },
    met: { zh: '达标', en: 'Target met' },
    missed: { zh: '未达标', en: 'Target missed' },
    add: { zh: '新建指标', en: 'New indicator' },
    search: { zh: '按名称查找', en: 'Find by name' },
    retired: { zh: '已停用', en: 'Retired' },
    empty: { zh: '还没有指标', en: 'No indicators yet' },
    emptyWhy: {
      zh: '指标说明从服务事件里算什么，例如“30 分钟内办结率”。先导入数据，再新建第一个指标。',
      en: 'An indicator says what is calculated from service events, e.g. “seen within 30 minutes”. Import data, then define the first.',
    },
  },
  one: {
    definition: { zh: '指标口径', en: 'Definition' },
    series: { zh: '走势与控制图', en: 'Course and control chart' },
    seriesLead: {
      zh: '控制限之内的起伏属于正常波动；异常信号才值得追查原因。',
      en: 'Ups and downs within the limits are ordinary; a signal is worth a question.',
    },
    noChart: {
      zh: '满 12 个完整时段后才画控制限。',
      en: 'Control limits are drawn from twelve full periods on.',
    },
    compare: { zh: '机构对比', en: 'Units compared' },
    compareLead: {
      zh: '漏斗图：样本越少，偶然波动越大。落在界限之外的机构才真的不同。点击圆点查看该机构。',
      en: 'Funnel: the fewer, the more chance. Only units outside the limits really differ. Click a dot to open the unit.',
    },
    compareKind: { zh: '对比哪一层级', en: 'Which kind' },
    comparePeriod: { zh: '时段', en: 'Period' },
    overDispersion: {
      zh: '机构间差异大于偶然波动，界限已放宽 {factor} 倍。',
      en: 'Units differ more than chance allows; the limits are widened by a factor of {factor}.',
    },
    truncated: { zh: '结果较多，只显示了一部分。', en: 'There is more than is shown.' },
    place: { zh: '相对位置', en: 'Against the others' },
    better: { zh: '明显更好', en: 'Clearly better' },
    worse: { zh: '明显更差', en: 'Clearly worse' },
    different: { zh: '明显不同', en: 'Clearly different' },
    ordinary: { zh: '正常波动内', en: 'Within chance' },
    noFunnel: {
      zh: '计数和合计随机构大小而变，不适合用漏斗图比较，这里按表格列出。',
      en: 'Counts and totals follow the size of a unit, so there is no funnel; here is the table.',
    },
    funnel: { zh: '漏斗图', en: 'Funnel' },
    table: { zh: '表格', en: 'Table' },
    unit: { zh: '机构', en: 'Unit' },
    split: { zh: '拆分', en: 'Split' },
    splitBy: { zh: '按属性拆分（最多 2 个）', en: 'Split by (at most two)' },
    splitNone: {
      zh: '选择一个属性，例如“{example}”，就能看出各组走势有没有不同。',
      en: 'Choose an attribute, “{example}” for instance, to see whether its groups go different ways.',
    },
    splitLead: { zh: '按所选属性分组后的走势', en: 'The course of each group' },
    events: { zh: '查看事件明细', en: 'See the events' },
    edit: { zh: '编辑口径', en: 'Edit definition' },
    retire: { zh: '停用', en: 'Retire' },
    retireAsk: { zh: '停用指标“{name}”？', en: 'Retire “{name}”?' },
    retireLost: {
      zh: '停用后不再计算、不再触发预警，也不能用于新的方案和计划。历史数据保留。',
      en: 'It is no longer calculated, raises no alerts and cannot be used anew. Its history stays.',
    },
    retiredDone: { zh: '指标已停用', en: 'Retired' },
    version: { zh: '第 {version} 版', en: 'Version {version}' },
    changedBy: { zh: '{by} 修改于 {at}', en: 'Changed by {by} on {at}' },
    latest: { zh: '最近完整一期', en: 'Latest full period' },
    before: { zh: '上一期 {value}', en: 'Before: {value}' },
    signalsFound: { zh: '发现的异常信号', en: 'Signals found' },
    noSignals: { zh: '没有异常信号，起伏都在正常波动范围内。', en: 'No signals: all within ordinary variation.' },
    none: { zh: '（空）', en: '(empty)' },
    whole: { zh: '全部机构', en: 'Whole organisation' },
  },
  events: {
    title: { zh: '事件明细', en: 'Events' },
    lead: { zh: '每一条原始服务事件，所有数字都由它们算出。', en: 'Each single event; every figure is made of these.' },
    at: { zh: '发生时间', en: 'When' },
    type: { zh: '事件类型', en: 'Type' },
    entity: { zh: '机构', en: 'Unit' },
    attributes: { zh: '属性', en: 'Attributes' },
    values: { zh: '数值', en: 'Values' },
    received: { zh: '接收时间', en: 'Received' },
    id: { zh: '事件编号', en: 'Id' },
    anyType: { zh: '全部类型', en: 'All types' },
    empty: { zh: '这个范围里没有事件', en: 'No events in this scope' },
    emptyWhy: { zh: '换一个时段或机构，或者先导入数据。', en: 'Choose another period or unit, or import data first.' },
  },
  definition: definitionWords,
  explore: exploreWords,
  library: libraryWords,
  imports: importWords,
  sources: sourceWords,
  customers: customerWords,
} satisfies Words

export const problems = {
  ENTITY_UNKNOWN: {
    zh: '有些事件的机构编码不存在，请先添加机构或更正编码。',
    en: 'Some events name a unit that does not exist. Add it first or correct the key.',
  },
  TIME_OUT_OF_RANGE: {
    zh: '有些事件的时间早于 1990 年，或晚于现在一天以上，请检查时间列。',
    en: 'Some events lie before 1990 or more than a day ahead. Check the time column.',
  },
  BATCH_INVALID: {
    zh: '有些事件不符合要求，这一批都没有写入。请更正后重新提交。',
    en: 'Some events are not valid, so nothing of this batch was stored. Correct and send again.',
  },
  OVERLOADED: { zh: '系统正忙，请几秒后再试。', en: 'The stores are busy. Try again in a few seconds.' },
  TOO_MANY_NODES: {
    zh: '逐个查看的节点不能超过 {limit} 个（现有 {nodes} 个）。请缩小范围，或只看一种单位。',
    en: 'No more than {limit} nodes can be looked at one by one (there are {nodes}). Choose a smaller part of the tree, or one kind of entity.',
  },
  INDICATOR_UNKNOWN: { zh: '没有编号为“{id}”的指标。', en: 'There is no indicator “{id}”.' },
  INDICATOR_RETIRED: { zh: '指标“{id}”已停用，请改用其他指标。', en: '“{id}” is retired. Use another indicator.' },
  EFFECTIVE_OVERLAP: {
    zh: '第 {version} 版从 {from} 起已经生效，新版本的生效日期不能更早。',
    en: 'Version {version} already judges from {from} on. Choose that day or a later one.',
  },
  DEFINITION_INVALID: {
    zh: '这个口径无法计算，请按提示修改。',
    en: 'This definition cannot be calculated. Please correct what is named.',
  },
  FILE_UNREADABLE: {
    zh: '文件读不出表格。支持 CSV、XLSX、JSON、NDJSON 和 Parquet，请检查文件是否完整、首行是否为列名。',
    en: 'No table can be read from the file. CSV, XLSX, JSON, NDJSON and Parquet are taken; check that it is whole and names its columns.',
  },
  MAPPING_MISFIT: {
    zh: '文件里没有这些列：{missing}。请修改对应关系。',
    en: 'The file lacks these columns: {missing}. Change the mapping.',
  },
  MAPPING_NEEDED: {
    zh: '这些数据不是现成的服务事件，请先选择或新建列对应关系。',
    en: 'The rows are no events yet. Choose or make a mapping first.',
  },
  SOURCE_UNSUITABLE: { zh: '这类数据源不支持此操作。', en: 'A source of this kind cannot do this.' },
  FOLDER_NOT_ALLOWED: {
    zh: '不能监视文件夹“{folder}”：它不存在，或不在 BIHUAN_WATCH_FOLDER 指定的目录之下。',
    en: 'The folder “{folder}” cannot be watched: it is not there, or not below the one BIHUAN_WATCH_FOLDER names.',
  },
  ADDRESS_NOT_ALLOWED: {
    zh: '{host} 属于内部网络。如需访问，请由管理员将 BIHUAN_PULL_PRIVATE 设为 allow。',
    en: '{host} lies in a private network. An administrator may set BIHUAN_PULL_PRIVATE to allow.',
  },
  SIGNATURE_WRONG: {
    zh: '签名、时间或消息编号缺失或不正确。',
    en: 'The signature, the time or the id of the message is missing or wrong.',
  },
  SOURCE_PAUSED: { zh: '数据源已暂停，请先恢复。', en: 'The source is paused. Set it to work again first.' },
  SEGMENT_UNKNOWN: { zh: '没有编号为“{id}”的客群。', en: 'There is no segment “{id}”.' },
  SEGMENT_CHANGED: {
    zh: '客群“{id}”刚被他人保存为第 {version} 版，请刷新后再改。',
    en: 'Somebody just saved version {version} of “{id}”. Reload and change it again.',
  },
  PERIOD_RUNNING: {
    zh: '{periodStart} 起的时段还没结束，结束后才能发布。',
    en: 'The period from {periodStart} is still running. Publish it when it is over.',
  },
  NOT_PUBLISHED: {
    zh: '{periodStart} 起的时段在那时还没有发布。',
    en: 'The period from {periodStart} was not published, or not yet at that time.',
  },
  FIGURES_INVALID: {
    zh: '有些行业数据不符合要求，全部没有写入。请按行更正。',
    en: 'Some figures are not valid, so none was recorded. Correct the lines named.',
  },
  UNIT_MISMATCH: {
    zh: '单位不一致：这项数据的单位与指标不同。',
    en: 'The figure is in {unit}, the indicator in {expected}.',
  },
  FIGURE_SUPERSEDED: {
    zh: '这条行业数据已被更正过，请在更正后的那条上修改。',
    en: 'This figure was superseded already. Correct the newer one.',
  },
  IMPORT_OVER: { zh: '这次导入已经结束。', en: 'This import has already ended.' },
  ...customerProblems,
} satisfies ProblemWords<typeof measurementRefusals>

/** What can be wrong with a definition, by rule. */
export const rules = definitionIssueWords

export const fields = {
  ...customerFields,
  ...definitionFields,
  eventType: definitionWords.eventType,
  numerator: definitionWords.numerator,
  denominator: definitionWords.denominator,
  mapping: importWords.mapping,
  time: importWords.timeColumn,
} satisfies Readonly<Record<string, Sentence>>
