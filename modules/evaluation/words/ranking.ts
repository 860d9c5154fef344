/** Sentences of the ranking. */
import type { Words } from '#platform/web/words'

export const rankingWords = {
  grain: { zh: '周期长度', en: 'Length of period' },
  running: { zh: '进行中', en: 'running' },
  runningWhy: {
    zh: '这一期还没有结束，名次会随新数据变动。',
    en: 'This period is not over; ranks move as data come in.',
  },
  track: {
    label: { zh: '方案版本', en: 'Version' },
    main: { zh: '新版', en: 'New version' },
    overlap: { zh: '旧版', en: 'Old version' },
    why: {
      zh: '新旧两版方案在这一期并行，两份排名同时公布，便于看清换版带来的变化。现在看的是第 {version} 版。',
      en: 'Two versions of the scheme run side by side in this period, so that everybody sees what the change does. This is version {version}.',
    },
  },
  replay: {
    told: {
      zh: '这是按第 {version} 版重新计算的结果，只供比较，不是这一期的正式排名。',
      en: 'This is a replay by version {version}, for comparison only. It is not the ranking that counts for the period.',
    },
    back: { zh: '看正式排名', en: 'Show the ranking that counts' },
  },
  notAdopted: {
    title: { zh: '方案还没有启用', en: 'The scheme has not been adopted' },
    why: {
      zh: '启用一个版本后，系统会计算已有数据的各个周期，并在每期结束后自动计算。',
      en: 'Once a version is adopted, past periods with data are scored, and each new one when it is over.',
    },
    begin: { zh: '查看方案版本', en: 'Look at its versions' },
  },
  notThisPeriod: {
    title: { zh: '这一期没有得分', en: 'No scores for this period' },
    begin: { zh: '看最近一期', en: 'Show the newest period' },
  },
  nothingFound: { zh: '没有符合条件的单位', en: 'No unit fits' },
  nothingFoundWhy: { zh: '放宽筛选条件，或清除查找的文字。', en: 'Loosen the filters or clear the search.' },
  clear: { zh: '清除筛选', en: 'Clear filters' },
  group: { zh: '可比组', en: 'Peer group' },
  allGroups: { zh: '全部可比组', en: 'All peer groups' },
  stars: { zh: '星级', en: 'Stars' },
  allStars: { zh: '全部星级', en: 'Any stars' },
  starsAre: { zh: '{count} 星', en: '{count} {count|star|stars}' },
  held: { zh: '保级', en: 'held' },
  heldWhy: {
    zh: '得分刚越过界线，不足以换级，维持上期星级；只看得分应为 {uncapped} 星。',
    en: 'The border was not passed far enough, so last period’s grade stays; the score alone would give {uncapped}.',
  },
  capped: { zh: '限级', en: 'capped' },
  cappedWhy: {
    zh: '触发“{gate}”，星级受限；只看得分应为 {uncapped} 星。',
    en: '“{gate}” caps the grade; the score alone would give {uncapped}.',
  },
  percentile: { zh: '超过', en: 'Ahead of' },
  percentileIs: { zh: '{share}% 的单位', en: '{share}% of units' },
  top: { zh: '进前 {count} 名的可能', en: 'Chance of the top {count}' },
  experience: { zh: '体验分', en: 'Experience' },
  provisional: { zh: '暂定', en: 'provisional' },
  provisionalWhy: {
    zh: '有项目样本不足但已计入，数据多了以后会变。',
    en: 'Some items rest on few cases but count; the score may still move.',
  },
  protectedFew: { zh: '受保护：不足 {count} 份答卷', en: 'Protected: fewer than {count} answers' },
  protectedWhy: {
    zh: '答卷太少，公开数值可能暴露个人的回答，所以不显示。',
    en: 'With so few answers a figure could give away what one person said, so it is not told.',
  },
  protectedNotDrawn: {
    zh: '{count} 个单位的样本量受保护，不画在图中。',
    en: '{count} {count|unit is|units are} not drawn: how many answers they rest on is protected.',
  },
  sampled: { zh: '单位很多，图中按编号均匀抽取了一部分。', en: 'There are very many units; an even sample is drawn.' },
  rankScale: { zh: '名次与可能范围（1–{count}）', en: 'Rank and its range (1 to {count})' },
  level: { zh: '综合得分与 {level}% 区间（{from}–{to} 分）', en: 'Score with {level}% interval ({from} to {to})' },
  alikeWhy: {
    zh: '同一竖线内的单位，名次的可能范围都包含彼此，先后可能只是偶然。',
    en: 'Units joined by a line lie within each other’s range of ranks: their order may be chance.',
  },
  histogram: { zh: '得分分布与星级界线', en: 'Scores and the borders of the stars' },
  histogramLead: {
    zh: '每根柱子是得分在这一段的单位数；竖线是星级界线。许多单位挤在界线附近时，星级之差可能很小。',
    en: 'Each bar counts units with such a score; lines are the borders of the stars. Many units near a border differ little.',
  },
  histogramBar: { zh: '{from}–{to} 分：{count} 个单位', en: '{from} to {to} points: {count} {count|unit|units}' },
  exportBusy: { zh: '已取 {count} 个单位', en: '{count} units read' },
  exportFailed: { zh: '导出中断，请再试一次', en: 'The export was cut off; try again' },
  counts: { zh: '各星级单位数', en: 'Units by stars' },
  sensitivity: { zh: '权重敏感性', en: 'Sensitivity to weights' },
  schemeWords: { zh: '方案说明', en: 'The scheme in words' },
  key: { zh: '单位编号', en: 'Unit key' },
  topColumn: { zh: '进前列的可能', en: 'Chance of the top' },
  reason: { zh: '说明', en: 'Note' },
  yes: { zh: '是', en: 'yes' },
} as const satisfies Words
