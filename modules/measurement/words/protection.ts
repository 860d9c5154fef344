/** How small groups are protected, for those who set it. */

export const protectionWords = {
  title: { zh: '小样本保护', en: 'Small groups' },
  lead: {
    zh: '由人的回答得出的数值，不足这么多份答卷就不显示，也不能由其他数值推算出来。',
    en: 'What is made of people’s answers is not told of fewer answers than this, nor does it follow from anything that is told.',
  },
  smallestGroup: { zh: '任何一组至少几份答卷', en: 'Fewest answers of any group' },
  smallestStaffGroup: { zh: '单个员工至少几份答卷', en: 'Fewest answers about one member of staff' },
  staffKinds: { zh: '哪些单位类型是单个员工', en: 'Kinds of unit that are one person' },
  staffKindsWhy: {
    zh: '输入类型后回车；例如“员工”“窗口人员”。',
    en: 'Type a kind and press Enter, e.g. “staff”.',
  },
  answers: { zh: '份', en: 'answers' },
  floor: {
    zh: '任何时候都不能低于 5 份。调低后，以前受保护的数值会显示出来，看过的人无法再当作没看过。',
    en: 'Never fewer than 5. Lowering it shows what was protected before, and nobody can unsee it.',
  },
  usual: {
    zh: '还是预设值：任何一组 10 份，单个员工 30 份。',
    en: 'As delivered: 10 for any group, 30 about one member of staff.',
  },
  changed: { zh: '{by} 于 {at} 设定', en: 'Set by {by} on {at}' },
  save: { zh: '保存', en: 'Save' },
  saved: {
    zh: '已保存，立即在所有页面、导出和接口生效',
    en: 'Saved; it holds at once on every screen, export and interface',
  },
  lower: { zh: '确认放宽保护？', en: 'Lower the protection?' },
  lowerWhy: {
    zh: '放宽后，较少人的回答会在所有页面、导出和接口上显示出来。这次改动会记入审计。',
    en: 'Answers of fewer people will be told on every screen, export and interface. The change is kept in the audit.',
  },
  lowerDo: { zh: '放宽保护', en: 'Lower it' },
} as const
