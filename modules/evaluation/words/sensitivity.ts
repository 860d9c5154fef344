/** Sentences of the sensitivity of a ranking to its weights. */
import type { Words } from '#platform/web/words'

export const sensitivityWords = {
  title: { zh: '权重敏感性', en: 'Sensitivity to weights' },
  lead: {
    zh: '权重是人定的。这里看它们变动时名次变不变：变不动，说明排名不取决于具体权重；一动就变，说明先后要慎重解读。',
    en: 'People choose weights. Here is what moving them does: where the order holds, it owes little to them; where it changes at once, read it with care.',
  },
  units: {
    zh: '只比较各项都有数据的 {units} 个单位；另有 {left} 个单位缺项，未列入。',
    en: 'Only the {units} {units|unit|units} with all items can be compared; {left} with missing items {left|is|are} left out.',
  },
  unitsAll: { zh: '比较了全部 {units} 个单位。', en: 'All {units} {units|unit|units} are compared.' },
  because: {
    'too-few-units': {
      zh: '各项都有数据的单位不足两个，无从比较。',
      en: 'Fewer than two units have all items: there is no order to ask about.',
    },
    'not-a-sum': {
      zh: '这个方案不是加权求和，权重与名次的关系不能这样推算。',
      en: 'The scheme is no weighted sum: what weights do to its order cannot be worked out in this way.',
    },
  },
  verdict: {
    robust: {
      zh: '排在最前的单位中，{share}% 无论权重怎样搭配，多半仍在最前。排名不太取决于权重。',
      en: '{share}% of the top units stay at the top under most weights one could choose. The ranking owes little to the weights.',
    },
    mixed: {
      zh: '排在最前的单位中，{share}% 无论权重怎样搭配，多半仍在最前；其余靠的是现在这组权重。',
      en: '{share}% of the top units stay at the top under most weights one could choose; the others owe it to the present ones.',
    },
    none: {
      zh: '排在最前的单位，在多数权重下都不在最前。名次主要取决于权重，公布前应说明权重的依据。',
      en: 'None of the top units stays at the top under most weights. The ranking hangs on the weights: say why they are what they are.',
    },
    fragile: {
      zh: '排在最前的单位中，只有 {share}% 在多数权重下仍在最前。名次主要取决于权重，公布前应说明权重的依据。',
      en: 'Only {share}% of the top units stay at the top under most weights. The ranking hangs on the weights: say why they are what they are.',
    },
  },
  ranges: {
    title: { zh: '每项权重能变动多少', en: 'How far each weight may move' },
    lead: {
      zh: '某项权重变动时，其余各项按比例跟着变。深色段：前 {shown} 名的先后都不变；浅色段：第一名不变；竖线是现在的权重。',
      en: 'While one weight moves, the others share the rest in proportion. Dark: nobody among the first {shown} changes places. Light: the leader stays. The line is the weight now.',
    },
    item: { zh: '项目', en: 'Item' },
    now: { zh: '现在', en: 'Now' },
    leader: { zh: '第一名不变', en: 'Leader stays' },
    order: { zh: '先后不变', en: 'Order holds' },
    between: { zh: '{from}–{to}', en: '{from} to {to}' },
    always: { zh: '任何权重', en: 'at any weight' },
    whole: { zh: '占了全部权重', en: 'has all the weight' },
    swap: { zh: '首先变化', en: 'First to change' },
    swapBelow: { zh: '降到 {weight}：{overtakes} 超过 {ahead}', en: 'down to {weight}: {overtakes} passes {ahead}' },
    swapAbove: { zh: '升到 {weight}：{overtakes} 超过 {ahead}', en: 'up to {weight}: {overtakes} passes {ahead}' },
    never: { zh: '不会变化', en: 'Nothing changes' },
  },
  places: {
    title: { zh: '名次会在哪里', en: 'Where ranks may lie' },
    lead: {
      zh: '随机抽取 1000 组权重重新排名。“权重附近”：在现有权重上下小幅变动；“任意权重”：所有可能的搭配。深色段含 {level}% 的抽取，浅色段是最好到最差。',
      en: 'Ranked anew with 1,000 random sets of weights: moving a little around the present ones, or any there are. Dark: {level}% of the draws. Light: best to worst.',
    },
    unit: { zh: '单位', en: 'Unit' },
    rank: { zh: '现名次', en: 'Rank' },
    nearby: { zh: '权重附近', en: 'Nearby weights' },
    anywhere: { zh: '任意权重', en: 'Any weights' },
    top: { zh: '任意权重下进前列', en: 'Stays at the top' },
    told: { zh: '{low}–{high}，最好 {best}，最差 {worst}', en: '{low} to {high}, best {best}, worst {worst}' },
  },
} as const satisfies Words
