/** Every sentence of `plans` a person reads. */
export const words = {
  suggestedTitle: { zh: '{entity}：{indicator}改善', en: '{entity}: improve {indicator}' },
  suggestedState: {
    zh: '{entity}的“{indicator}”在 {period} 为 {value}（n={n}），参照值为 {reference}，差异超出随机波动范围，已触发预警。',
    en: '“{indicator}” of {entity} was {value} (n={n}) in {period}, against {reference}: more than chance explains, so an alert was raised.',
  },
} as const
