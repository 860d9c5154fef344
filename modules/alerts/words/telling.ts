/** What people are told about alerts, wherever they read it. */

const raisedName = { zh: '新预警', en: 'New alerts' }

export const tellingWords = {
  colours: {
    red: { zh: '红色', en: 'Red' },
    orange: { zh: '橙色', en: 'Orange' },
    yellow: { zh: '黄色', en: 'Yellow' },
  },
  raised: {
    name: raisedName,
    title: { zh: '{colour}预警：{unit}，{rule}', en: '{colour} alert: {unit}, {rule}' },
    body: {
      zh: '{unit}触发了“{rule}”。先做：{duty}，期限 {due}。打开可看为什么响、该做什么。',
      en: '{unit} set off "{rule}". First: {duty}, by {due}. Open it to see why it fired and what to do.',
    },
  },
  drill: {
    name: raisedName,
    title: { zh: '【演练】{colour}预警：{unit}，{rule}', en: '[Drill] {colour} alert: {unit}, {rule}' },
    body: {
      zh: '这是一次演练，请按真的来做：{duty}，期限 {due}。',
      en: 'This is a drill. Act as if it were real: {duty}, by {due}.',
    },
  },
  flood: {
    name: raisedName,
    title: { zh: '同时有 {count} 条预警：{rule}', en: '{count} alerts at once: {rule}' },
    body: {
      zh: '“{rule}”一次触发了 {count} 条预警。这么多同时响，先看是不是数据或规则出了问题。',
      en: '"{rule}" raised {count} alerts in one run. With so many at once, see first whether the data or the rule is at fault.',
    },
  },
  escalated: {
    name: { zh: '预警超时升级', en: 'Alerts escalated' },
    title: { zh: '超时未办：{unit}，{duty}', en: 'Overdue: {unit}, {duty}' },
    body: {
      zh: '{unit}的{colour}预警“{rule}”应在 {due} 前完成“{duty}”，至今未办，现升级到您。',
      en: '"{duty}" was due by {due} for the {colour} alert "{rule}" of {unit} and is not done. It comes to you now.',
    },
  },
} as const
