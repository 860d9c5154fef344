/** Words for all proofs together. */
import type { Words } from '#platform/web/words.ts'

export const together = {
  title: { zh: '改善组合', en: 'Portfolio' },
  lead: {
    zh: '所有有结论的计划放在一起看：做过的改善有多少被证明有效。免于验证的计划算作未被证明。',
    en: 'All plans that came to an end: how much of what was done is proved to work. Waived plans count as not proved.',
  },
  open: { zh: '改善组合', en: 'Portfolio' },
  byKind: { zh: '按计划类型：被证明有效的比例', en: 'By kind of plan: share proved effective' },
  byIndicator: { zh: '按指标：被证明有效的比例', en: 'By indicator: share proved effective' },
  shrunken: {
    zh: '计划少的组向总体比例靠拢（贝塔-二项收缩），避免一两个计划就下判断；横线是 95% 区间。',
    en: 'Groups with few plans are drawn towards the share of all (beta-binomial), so that one or two plans decide nothing; lines are 95% intervals.',
  },
  own: {
    zh: '各组自己的比例，横线是 95% 区间（组太少或彼此太接近，没有做收缩）。',
    en: 'Each group by itself with its 95% interval (too few groups, or too alike, to learn from each other).',
  },
  group: {
    zh: '{name}：{effective} / {plans} 有效，免验 {waived}',
    en: '{name}: {effective} of {plans}, {waived} waived',
  },
  worked: { zh: '被证明有效的做法', en: 'What has worked' },
  workedRow: {
    zh: '{indicator} · {entity} · 达到约定改善的 {times} 倍',
    en: '{indicator} · {entity} · {times} times the promise',
  },
  empty: { zh: '还没有结论', en: 'No verdict yet' },
  emptyWhy: {
    zh: '第一个计划得出结论后，这里会显示有效比例。',
    en: 'The share proved effective appears with the first verdict.',
  },
  kinds: {
    rectification: { zh: '整改', en: 'Rectification' },
    project: { zh: '改善项目', en: 'Project' },
    annual: { zh: '年度计划', en: 'Annual plan' },
    'quick-fix': { zh: '立行立改', en: 'Quick fix' },
  },
} as const satisfies Words
