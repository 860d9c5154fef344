/** Sentences of methods of weighting. */
import type { Words } from '#platform/web/words'

export const weightWords = {
  title: { zh: '权重怎么来', en: 'Where the weights come from' },
  lead: {
    zh: '方法和它的全部输入会与方案一起保存，任何人都能核对。',
    en: 'The method and everything it was given are kept with the scheme, so that anybody can follow.',
  },
  method: { zh: '方法', en: 'Method' },
  methods: {
    hand: { zh: '手工设定', en: 'By hand' },
    equal: { zh: '全部相等', en: 'Equal' },
    'analytic-hierarchy': { zh: '两两比较（AHP）', en: 'Pairwise comparison (AHP)' },
    entropy: { zh: '熵权法', en: 'Entropy' },
    critic: { zh: 'CRITIC', en: 'CRITIC' },
    'standard-deviation': { zh: '标准差法', en: 'Standard deviation' },
    blend: { zh: '组合', en: 'Blend' },
  },
  why: {
    hand: {
      zh: '权重是价值判断，由人直接设定：写清理由，让人能讨论。',
      en: 'Weights are a judgement of value, set by people: say why, so that it can be discussed.',
    },
    equal: {
      zh: '每个维度一样重，维度内每项一样重。没有理由区别对待时的起点。',
      en: 'Every dimension alike, and every item in it. Where to begin when nothing speaks for a difference.',
    },
    'analytic-hierarchy': {
      zh: '一次只问“这两项哪个更重要、重要多少”，再算出最符合全部回答的权重，并检查回答有没有自相矛盾。',
      en: 'One question at a time: which of two matters more, and by how much. The weights are those that fit all answers best, and contradictions are found.',
    },
    entropy: {
      zh: '各单位差得越开的项，权重越大。它奖励“能区分单位”，不看这一项是否重要：所有单位都做得好的事会几乎没有权重。',
      en: 'Items on which units differ most get most weight. It rewards telling units apart, not importance: what all do well ends up with almost no weight.',
    },
    critic: {
      zh: '既看差得开不开，也看与其他项是否重复：差异大又独立的项权重大。同样不看重要与否。',
      en: 'Items that differ much and repeat no other get most weight. Importance plays no part here either.',
    },
    'standard-deviation': {
      zh: '按各项得分的标准差分配权重。最简单的“看数据”方法，受极端单位影响大。',
      en: 'Weights by the standard deviation of points. The plainest of the methods that look at data, and easily moved by extreme units.',
    },
    blend: {
      zh: '把几种方法的权重按比例合起来，例如专家判断一半、数据一半。',
      en: 'The weights of several methods put together by shares, for example half from judges and half from data.',
    },
  },
  shelf: {
    zh: '手工调整后，权重方法改为“手工设定”；原来的输入都还在，可随时恢复。',
    en: 'Since weights were moved by hand, the method is “by hand”. What was entered before is kept:',
  },
  restore: { zh: '恢复“{name}”', en: 'Back to “{name}”' },
  needItems: { zh: '先在“指标与权重”里选好至少两项', en: 'Choose at least two items under “Items and weights” first' },
  needItemsWhy: { zh: '权重是在项目之间分配的。', en: 'Weights are shared among items.' },
  result: { zh: '得出的权重', en: 'Weights that come out' },
  global: { zh: '占总分', en: 'Of the whole' },
  before: { zh: '现在', en: 'Now' },
  calculate: { zh: '计算并采用', en: 'Calculate and use' },
  again: { zh: '重新计算', en: 'Calculate again' },
  calculated: { zh: '已采用，权重按 {period} 的数据算出', en: 'In use, calculated from {period}' },
  period: { zh: '用哪一期的数据', en: 'From the data of' },
  grain: { zh: '周期', en: 'Period' },
  warnings: {
    inconsistent: {
      zh: '“{of}”的判断互相矛盾（一致性比率超过 0.10），权重不可靠，请看下面的修改建议。',
      en: 'Judgements about “{of}” contradict each other (ratio above 0.10): the weights are not to be relied on. See the hints below.',
    },
    'all-equal': {
      zh: '“{of}”各单位得分完全一样，无法区分，权重为 0。',
      en: 'All units have the same points on “{of}”: it tells nobody apart and gets no weight.',
    },
    'too-few-units': {
      zh: '各项都有数据的单位太少，算不出权重，保持原样。换一期数据试试。',
      en: 'Too few units have all items: no weights come out, and those there are stay. Try another period.',
    },
    incomplete: {
      zh: '“{of}”还没比较完，这部分权重保持原样。',
      en: '“{of}” is not compared in full yet; its weights stay as they are.',
    },
    'zero-weight': {
      zh: '“{of}”的权重为 0，只展示、不计分。',
      en: '“{of}” has no weight: it is shown and counts for nothing.',
    },
    'not-calculable': {
      zh: '这种方法对现有数据算不出权重，保持原样。',
      en: 'The method gives no weights for these data; those there are stay.',
    },
  },
  whole: { zh: '整个方案', en: 'the whole' },
  dimensions: { zh: '各维度之间', en: 'The dimensions' },
  ahp: {
    sets: { zh: '比较哪一组', en: 'What is compared' },
    progress: { zh: '已比较 {done}/{all} 对', en: '{done} of {all} pairs compared' },
    judges: { zh: '评判人', en: 'Judges' },
    judge: { zh: '评判人 {number}', en: 'Judge {number}' },
    judgeName: { zh: '姓名或代表', en: 'Name' },
    judgeWeight: { zh: '话语权', en: 'Weight' },
    addJudge: { zh: '添加评判人', en: 'Add a judge' },
    removeJudge: { zh: '移除这位评判人', en: 'Remove this judge' },
    pairsOf: { zh: '{judge}的判断', en: 'Judgements of {judge}' },
    pair: { zh: '“{a}”与“{b}”相比', en: '“{a}” against “{b}”' },
    scale: {
      unknown: { zh: '还没判断', en: 'not judged yet' },
      equal: { zh: '同样重要', en: 'equally important' },
      more: { zh: '“{name}”{degree}重要（{number}）', en: '“{name}” is {degree} more important ({number})' },
    },
    degree: {
      2: { zh: '略微', en: 'barely' },
      3: { zh: '稍微', en: 'slightly' },
      4: { zh: '稍微偏明显', en: 'fairly' },
      5: { zh: '明显', en: 'clearly' },
      6: { zh: '相当', en: 'considerably' },
      7: { zh: '强烈', en: 'strongly' },
      8: { zh: '非常强烈', en: 'very strongly' },
      9: { zh: '极端', en: 'extremely' },
    },
    hint: {
      zh: '哪边更重要就往哪边移；左右方向键移动一格。',
      en: 'Move towards what matters more; the arrow keys move one step.',
    },
    towards: { zh: '“{name}”更重要一些', en: '“{name}” a little more important' },
    sameHere: { zh: '同样重要', en: 'Equal' },
    clear: { zh: '清除判断', en: 'Clear' },
    ratio: { zh: '一致性比率 CR', en: 'Consistency ratio CR' },
    ratioFine: {
      zh: 'CR = {ratio}，不超过 0.10：判断基本一致',
      en: 'CR = {ratio}, at most 0.10: the judgements agree well enough',
    },
    ratioBad: {
      zh: 'CR = {ratio}，超过 0.10：判断互相矛盾，需要修改',
      en: 'CR = {ratio}, above 0.10: the judgements contradict each other',
    },
    ratioNone: { zh: '两项之间无所谓矛盾', en: 'Two parts cannot contradict each other' },
    ratioWhy: {
      zh: '如果甲比乙重要、乙比丙重要，那么甲就该比丙更重要。CR 衡量这类推理有多少对不上：与随便乱填相比（随机指标表：{table}），0 是完全一致，1 等于乱填，通常要求不超过 0.10（Saaty, 1980）。',
      en: 'If A matters more than B, and B more than C, then A should matter much more than C. CR says how far such reasoning fails: 0 is perfect, 1 as bad as throwing dice (random indices: {table}); at most 0.10 is usually asked for (Saaty, 1980).',
    },
    why: { zh: '什么是一致性', en: 'What this means' },
    repairs: { zh: '最值得重新想一想的判断', en: 'Judgements worth a second thought' },
    repair: {
      zh: '{pair}：现在是“{said}”，从其他判断推断应是“{suggested}”',
      en: '{pair}: now “{said}”; the other judgements suggest “{suggested}”',
    },
    repairRatio: { zh: '改后 CR = {ratio}', en: 'CR becomes {ratio}' },
    repairDeed: { zh: '采用', en: 'Use it' },
    noRepairs: { zh: '没有特别突出的矛盾', en: 'No judgement stands out' },
    consensus: { zh: '评判人之间的一致程度', en: 'How alike the judges are' },
    consensusIs: { zh: '{share}（100% 为完全一致）', en: '{share} (100%: all the same)' },
    together: { zh: '合起来', en: 'Together' },
    settings: { zh: '计算方式', en: 'How it is calculated' },
    priorities: { zh: '由判断求权重', en: 'From judgements to weights' },
    prioritiesKinds: {
      eigenvector: { zh: '主特征向量（Saaty）', en: 'Principal eigenvector (Saaty)' },
      'geometric-mean': { zh: '几何平均', en: 'Geometric mean' },
    },
    table: { zh: '随机指标表', en: 'Random indices' },
    tables: {
      'saaty-1980': { zh: 'Saaty 1980', en: 'Saaty 1980' },
      'saaty-2008': { zh: 'Saaty 2008', en: 'Saaty 2008' },
      'alonso-lamata-2006': { zh: 'Alonso–Lamata 2006', en: 'Alonso and Lamata 2006' },
    },
    combine: { zh: '多位评判人怎么合', en: 'How judges are put together' },
    combineKinds: {
      judgements: { zh: '先合判断，再求权重（AIJ）', en: 'Their judgements first (AIJ)' },
      priorities: { zh: '各求权重，再合起来（AIP）', en: 'Their weights (AIP)' },
    },
    tooMany: {
      zh: '超过 15 项，两两比较太多；请先分成几个维度',
      en: 'More than 15 parts are too many to compare in pairs; make dimensions first',
    },
    cannot: { zh: '还有没比较到的项，暂时得不出权重', en: 'Some parts are not compared with any other yet' },
  },
  blend: {
    parts: { zh: '由哪些方法合成', en: 'What is put together' },
    add: { zh: '添加一种方法', en: 'Add a method' },
    remove: { zh: '移除', en: 'Remove' },
    share: { zh: '“{name}”的占比', en: 'Share of “{name}”' },
    rule: { zh: '怎么合', en: 'How' },
    rules: {
      convex: { zh: '按占比平均', en: 'Mean by shares' },
      multiplicative: { zh: '相乘后归一（两边都看重的更突出）', en: 'Product (what both favour gains more)' },
    },
    handIs: { zh: '指组合之前手工设定的权重', en: 'the weights set by hand before the blend' },
    ahpMissing: { zh: '还没有做过两两比较', en: 'No pairwise comparisons were made yet' },
  },
} as const satisfies Words
