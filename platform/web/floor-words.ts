/** Sentences of the floor: states, lists, charts, scope. Words of one module stand in its own `words.ts`. */
import type { commonRefusals } from '#platform/contract'
import type { ProblemWords, Words } from './words.ts'

export const floorWords = {
  state: {
    tryAgain: { zh: '重新加载', en: 'Try again' },
    loading: { zh: '正在加载', en: 'Loading' },
    noRight: { zh: '你的角色看不到这一页', en: 'Your role does not open this page' },
    noRightWhy: {
      zh: '需要“{permission}”权限。请联系安全管理员为你增加角色，或回到总览。',
      en: 'It needs the right “{permission}”. Ask the security officer for a role that has it, or go back to the overview.',
    },
    home: { zh: '回到总览', en: 'Back to the overview' },
    notFound: { zh: '这个地址没有页面', en: 'There is no page at this address' },
    notFoundWhy: {
      zh: '链接可能已经失效，或者少了几个字符。',
      en: 'The link may be old, or some of it may be missing.',
    },
    crashed: { zh: '这一页出错了', en: 'This page has failed' },
    crashedWhy: {
      zh: '刷新通常可以恢复；已保存的数据不受影响。',
      en: 'Reloading usually helps. What was saved is safe.',
    },
    done: { zh: '已完成', en: 'Done' },
    offline: { zh: '网络已断开，正在等待恢复', en: 'The line is down; waiting for it to come back' },
  },
  act: {
    save: { zh: '保存', en: 'Save' },
    cancel: { zh: '取消', en: 'Cancel' },
    close: { zh: '关闭', en: 'Close' },
    edit: { zh: '编辑', en: 'Edit' },
    add: { zh: '添加', en: 'Add' },
    remove: { zh: '移除', en: 'Remove' },
    confirm: { zh: '确定', en: 'Confirm' },
    more: { zh: '更多', en: 'More' },
    required: { zh: '请填写“{field}”', en: 'Please fill in “{field}”' },
    print: { zh: '打印', en: 'Print' },
    copy: { zh: '复制', en: 'Copy' },
    copied: { zh: '已复制', en: 'Copied' },
  },
  list: {
    more: { zh: '加载更多', en: 'Load more' },
    shown: { zh: '已显示 {count} 条', en: '{count} shown' },
    shownAll: { zh: '共 {count} 条', en: '{count} in all' },
    export: { zh: '导出所见（CSV）', en: 'Export what is shown (CSV)' },
    columns: { zh: '显示的列', en: 'Columns' },
    nothing: { zh: '没有符合条件的内容', en: 'Nothing matches' },
    search: { zh: '搜索', en: 'Search' },
    actions: { zh: '操作', en: 'Actions' },
  },
  figure: {
    tooFew: { zh: '样本不足', en: 'Too few' },
    tooFewWhy: {
      zh: '样本量 n={n}，低于指标要求的最小样本量，不作评判。',
      en: 'n={n} is below the smallest number this indicator is judged by.',
    },
    none: { zh: '无数据', en: 'No data' },
    interval: { zh: '95% 置信区间 {low} ～ {high}', en: '95% interval {low} to {high}' },
    target: { zh: '目标 {target}', en: 'Target {target}' },
    met: { zh: '达标', en: 'Target met' },
    missed: { zh: '未达标', en: 'Target missed' },
    noChange: { zh: '变化不显著', en: 'No significant change' },
    running: { zh: '本期未结束', en: 'Period still running' },
  },
  status: {
    yellow: { zh: '关注', en: 'Watch' },
    orange: { zh: '预警', en: 'Warning' },
    red: { zh: '紧急', en: 'Urgent' },
    green: { zh: '正常', en: 'Normal' },
    grey: { zh: '无数据', en: 'No data' },
    blue: { zh: '提示', en: 'Information' },
  },
  scope: {
    title: { zh: '查看范围', en: 'Scope' },
    entity: { zh: '机构', en: 'Unit' },
    everything: { zh: '全部机构', en: 'Whole organisation' },
    entitySearch: { zh: '输入名称或编码查找', en: 'Find by name or key' },
    period: { zh: '时段', en: 'Period' },
    from: { zh: '从', en: 'From' },
    to: { zh: '到', en: 'To' },
    grain: { zh: '粒度', en: 'Grain' },
    usual: { zh: '恢复默认时段', en: 'Usual period' },
    below: { zh: '下级 {count} 个', en: '{count} below' },
  },
  grain: {
    day: { zh: '日', en: 'Day' },
    week: { zh: '周', en: 'Week' },
    month: { zh: '月', en: 'Month' },
    quarter: { zh: '季', en: 'Quarter' },
    year: { zh: '年', en: 'Year' },
  },
  pick: {
    person: { zh: '选择人员', en: 'Choose a person' },
    indicator: { zh: '选择指标', en: 'Choose an indicator' },
    kind: { zh: '选择层级', en: 'Choose a kind' },
    inactive: { zh: '（已停用）', en: ' (stopped)' },
  },
  chart: {
    asTable: { zh: '查看数据表', en: 'Show as table' },
    asChart: { zh: '查看图', en: 'Show as chart' },
    saveImage: { zh: '保存图片（SVG）', en: 'Save picture (SVG)' },
    period: { zh: '时段', en: 'Period' },
    value: { zh: '数值', en: 'Value' },
    n: { zh: '样本量 n', en: 'n' },
    low: { zh: '区间下限', en: 'Interval, low' },
    high: { zh: '区间上限', en: 'Interval, high' },
    remark: { zh: '说明', en: 'Remark' },
    unit: { zh: '机构', en: 'Unit' },
    band: { zh: '95% 置信区间', en: '95% interval' },
    centre: { zh: '中心线', en: 'Centre' },
    upper: { zh: '控制上限', en: 'Upper limit' },
    lower: { zh: '控制下限', en: 'Lower limit' },
    target: { zh: '目标', en: 'Target' },
    signal: { zh: '异常信号', en: 'Signal' },
    limit95: { zh: '95% 界限', en: '95% limit' },
    limit998: { zh: '99.8% 界限', en: '99.8% limit' },
    actual: { zh: '实际值', en: 'Observed' },
    fitted: { zh: '拟合线', en: 'Fitted' },
    counterfactual: { zh: '若未采取措施', en: 'Without the measure' },
    counterfactualBand: { zh: '若未采取措施（95% 区间）', en: 'Without the measure, 95% interval' },
    cut: { zh: '措施生效', en: 'Measure takes effect' },
    nothing: { zh: '这段时间没有数据', en: 'No data in this period' },
    cutAxis: { zh: '纵轴未从 0 开始', en: 'The axis does not start at 0' },
  },
  signalRule: {
    'beyond-limits': { zh: '超出控制限', en: 'beyond the limits' },
    run: { zh: '连续 8 点在中心线同一侧', en: 'eight in a row on one side of the centre' },
    trend: { zh: '连续 6 点同向变化', en: 'six in a row rising or falling' },
    zone: { zh: '3 点中有 2 点接近控制限', en: 'two of three near a limit' },
    other: { zh: '不像偶然波动', en: 'unlikely to be chance' },
  },
  upload: {
    sending: { zh: '正在上传 {name}：{done} / {total}', en: 'Sending {name}: {done} of {total}' },
    choose: { zh: '选择文件', en: 'Choose a file' },
    drop: { zh: '把文件拖到这里，或点击选择', en: 'Drop a file here, or click to choose' },
  },
  problem: {
    unknown: {
      zh: '系统出了点问题，已经记录。请稍后再试；如果一直这样，请联系管理员。',
      en: 'Something went wrong on our side and is on record. Try again in a moment; if it stays, tell the administrator.',
    },
    broken: {
      zh: '连不上服务器。请检查网络后重试。',
      en: 'The server cannot be reached. Check the network and try again.',
    },
    refused: { zh: '服务器没有接受这次操作：{title}', en: 'The server refused: {title}' },
    fields: { zh: '请修改标出的 {count} 处', en: 'Please correct {count} {count|field|fields}' },
    fieldIssue: { zh: '{field}：{message}', en: '{field}: {message}' },
  },
  rule: {
    too_small: { zh: '太短、太小，或还没有填写', en: 'too short, too small, or still empty' },
    too_big: { zh: '太长或太大', en: 'too long or too large' },
    invalid_format: { zh: '格式不对', en: 'not in the right form' },
    invalid_type: { zh: '没有填写，或类型不对', en: 'missing or of the wrong kind' },
    invalid_value: { zh: '不在可选范围内', en: 'not one of the choices' },
    required: { zh: '必须填写', en: 'must be given' },
  },
} satisfies Words

/** What the platform itself refuses, in the reader's language and with the way out. */
export const floorProblems = {
  NOT_SIGNED_IN: { zh: '登录已过期，请重新登录。', en: 'You are no longer signed in. Please sign in again.' },
  NOT_ALLOWED: {
    zh: '你的角色不能做这个操作。需要时请联系安全管理员调整角色。',
    en: 'Your role does not allow this. Ask the security officer if you need it.',
  },
  NOT_FOUND: {
    zh: '没有找到“{id}”，可能已被删除，或者你无权查看。',
    en: 'There is no “{id}” here, or you may not see it.',
  },
  INVALID: {
    zh: '有几处填写不符合要求，请按提示修改。',
    en: 'Some fields are not valid. Please correct what is marked.',
  },
  IDEMPOTENCY_MISMATCH: {
    zh: '这次提交与之前的提交冲突，请刷新页面后重试。',
    en: 'This was sent before with other content. Reload the page and try again.',
  },
  TOO_MANY: { zh: '操作太频繁，请稍等一会儿再试。', en: 'Too many requests. Wait a little and try again.' },
} satisfies ProblemWords<typeof commonRefusals>

/** Refusals of the server outside of contracts. */
export const otherProblems = {
  BODY_TOO_LARGE: { zh: '内容太大，请分成几次提交。', en: 'This is too large. Send it in parts.' },
  MEDIA_TYPE: { zh: '不支持这种文件或内容类型。', en: 'This kind of content is not taken here.' },
  MALFORMED: {
    zh: '服务器读不懂这次请求，请刷新页面后重试。',
    en: 'The request could not be read. Reload and try again.',
  },
  REFUSED: { zh: '服务器没有接受这次请求，请刷新页面后重试。', en: 'The request was refused. Reload and try again.' },
  NO_SUCH_PATH: {
    zh: '服务器还没有这个功能，可能需要升级。',
    en: 'The server does not offer this. It may need an update.',
  },
  FAULT: floorWords.problem.unknown,
  CREDENTIALS_WRONG: {
    zh: '邮箱或密码不对。连续输错 10 次，账号会锁定 15 分钟。',
    en: 'The address or the password is wrong. After ten wrong tries the account is locked for 15 minutes.',
  },
  LOCKED: {
    zh: '输错次数过多，账号已锁定。请 {minutes} 分钟后再试，或联系管理员。',
    en: 'Too many wrong passwords: the account is locked. Try again in {minutes} {minutes|minute|minutes}, or ask the administrator.',
  },
} satisfies Words
