/** Every sentence of `notices` a person reads on screen. What is told stands in `words/told.ts` and with the tellers. */
import type { ProblemWords, Words } from '#platform/web/words'
import type { noticesRefusals } from './contract.ts'
import { teamWords } from './words/teams.ts'

export const words = {
  inbox: {
    title: { zh: '通知', en: 'Notices' },
    lead: {
      zh: '需要你知道或处理的事都在这里。点开即视为已读。',
      en: 'Everything you should know or do stands here. Opening a notice marks it as read.',
    },
    bell: { zh: '通知，{count} 条未读', en: 'Notices, {count} unread' },
    bellNone: { zh: '通知，没有未读', en: 'Notices, nothing unread' },
    newest: { zh: '最新通知', en: 'Newest notices' },
    all: { zh: '查看全部', en: 'See all' },
    readAll: { zh: '全部标为已读', en: 'Mark all as read' },
    readAllDone: { zh: '已全部标为已读', en: 'All marked as read' },
    read: { zh: '标为已读', en: 'Mark as read' },
    unread: { zh: '未读', en: 'Unread' },
    onlyUnread: { zh: '只看未读', en: 'Unread only' },
    kind: { zh: '类别', en: 'Kind' },
    allKinds: { zh: '全部类别', en: 'All kinds' },
    urgent: { zh: '紧急', en: 'Urgent' },
    escalated: { zh: '前面的值班人未及时查看，转到你这里', en: 'Nobody on call before you read it in time' },
    empty: { zh: '没有通知', en: 'No notices' },
    emptyWhy: {
      zh: '预警、任务和审批需要你时，会出现在这里，也可以同时发邮件或群消息。',
      en: 'Alerts, tasks and approvals that need you appear here, and by mail or group robot if you like.',
    },
    toPreferences: { zh: '通知设置', en: 'How I am told' },
  },
  importance: {
    urgent: { zh: '紧急', en: 'Urgent' },
    normal: { zh: '一般', en: 'Normal' },
    low: { zh: '仅供参考', en: 'For information' },
  },
  way: {
    'at-once': { zh: '立即发送', en: 'At once' },
    digest: { zh: '每日汇总', en: 'In the daily digest' },
    off: { zh: '不发送', en: 'Not at all' },
  },
  preferences: {
    title: { zh: '通知设置', en: 'How I am told' },
    lead: {
      zh: '站内通知始终保留；这里决定哪些同时发邮件，以及什么时候不打扰你。',
      en: 'The inbox always has everything. Choose what is mailed as well, and when you want to be left in peace.',
    },
    mail: { zh: '邮件', en: 'E-mail' },
    robots: { zh: '群机器人和通知接口', en: 'Robots and webhooks' },
    mailOff: {
      zh: '系统还没有配置邮件服务器，现在只有站内通知。需要邮件时，请系统管理员按《通知与值班》指南配置。',
      en: 'No mail server is set up, so there is only the inbox. Ask the operator to set BIHUAN_MAIL_URL.',
    },
    byImportance: { zh: '按重要程度', en: 'By importance' },
    byKind: { zh: '按类别单独设置', en: 'By kind' },
    byKindWhy: { zh: '单独设置优先于重要程度。', en: 'A kind set here goes before its importance.' },
    addKind: { zh: '添加类别', en: 'Add a kind' },
    inbox: { zh: '显示在收件箱', en: 'Shown in the inbox' },
    noKinds: { zh: '还没有收到过任何类别的通知', en: 'There have been no notices of any kind yet' },
    quiet: { zh: '免打扰时段', en: 'Quiet hours' },
    quietWhy: {
      zh: '这段时间只有紧急通知会立即发出，其余等到结束。结束早于开始表示次日。',
      en: 'Only urgent notices go out in this time; others wait for its end. An end before the start is on the next day.',
    },
    quietOn: { zh: '启用免打扰', en: 'Have quiet hours' },
    from: { zh: '开始', en: 'From' },
    until: { zh: '结束', en: 'Until' },
    digestHour: { zh: '每日汇总时间', en: 'Hour of the daily digest' },
    language: { zh: '邮件语言', en: 'Language of e-mail' },
    messageLanguage: { zh: '消息语言', en: 'Language of messages' },
    saved: { zh: '通知设置已保存', en: 'Saved' },
  },
  deliveries: {
    title: { zh: '通知投递', en: 'Deliveries of notices' },
    lead: {
      zh: '发往邮箱、群机器人和通知接口的每一条消息，以及结果。暂时性的故障会自动重试，共 6 次。',
      en: 'Every message to a mailbox, robot or webhook, and what became of it. What may pass is tried again, six times in all.',
    },
    what: { zh: '通知', en: 'Notice' },
    target: { zh: '接收方', en: 'To' },
    channel: { zh: '渠道', en: 'By' },
    state: { zh: '状态', en: 'State' },
    attempts: { zh: '次数', en: 'Tries' },
    created: { zh: '时间', en: 'Told' },
    answer: { zh: '对方回答', en: 'Answer' },
    because: { zh: '原因', en: 'Why' },
    due: { zh: '下次尝试', en: 'Next try' },
    together: { zh: '合并 {count} 条', en: '{count} in one' },
    allStates: { zh: '全部状态', en: 'All states' },
    allChannels: { zh: '全部渠道', en: 'All channels' },
    gone: { zh: '已删除的接收方', en: 'Taken away since' },
    retry: { zh: '重试', en: 'Try again' },
    retried: { zh: '已重新排队', en: 'Queued again' },
    empty: { zh: '还没有发出过消息', en: 'Nothing has been sent yet' },
    emptyWhy: {
      zh: '有人选择邮件通知，或团队添加了机器人之后，发送记录会出现在这里。',
      en: 'Once people choose e-mail or teams add robots, what was sent stands here.',
    },
    states: {
      waiting: { zh: '等待发送', en: 'Waiting' },
      sent: { zh: '已发送', en: 'Sent' },
      failed: { zh: '失败', en: 'Failed' },
      skipped: { zh: '未发送', en: 'Not sent' },
    },
    problems: {
      unreachable: { zh: '无法连接', en: 'cannot be reached' },
      slow: { zh: '对方没有及时回答', en: 'no answer in time' },
      status: { zh: '对方返回错误状态', en: 'answered with an error' },
      'rate-limit': { zh: '发送太频繁，稍后自动继续', en: 'too many messages; goes on later' },
      private: { zh: '地址在内部网络，不允许访问', en: 'the address is in a private network' },
      redirect: { zh: '对方要求跳转，不跟随', en: 'redirected; not followed' },
      refused: { zh: '对方拒绝，请检查签名、关键词和地址', en: 'refused: check signature, keyword and address' },
      garbage: { zh: '回答不是机器人的格式，请检查地址', en: 'not the answer of a robot: check the address' },
      'secret-lost': { zh: '密钥无法解封，请重新填写地址', en: 'the secret cannot be opened: enter the address again' },
      'mail-off': { zh: '没有配置邮件服务器', en: 'no mail server is set up' },
      'mail-refused': { zh: '邮件服务器拒绝', en: 'refused by the mail server' },
      'no-address': { zh: '收件人没有可用邮箱', en: 'no address to send to' },
      gone: { zh: '机器人已停用或删除', en: 'the robot is off or gone' },
    },
  },
  channel: {
    mail: { zh: '邮件', en: 'E-mail' },
    dingtalk: { zh: '钉钉', en: 'DingTalk' },
    wecom: { zh: '企业微信', en: 'WeCom' },
    feishu: { zh: '飞书', en: 'Feishu' },
    webhook: { zh: '通知接口', en: 'Webhook' },
  },
  ...teamWords,
} satisfies Words

export const problems = {
  ADDRESS_PRIVATE: {
    zh: '“{host}”在内部网络。请填写公网地址，或请系统管理员设置 BIHUAN_PULL_PRIVATE=allow。',
    en: '“{host}” is in a private network. Give a public address, or ask the operator to set BIHUAN_PULL_PRIVATE=allow.',
  },
  ADDRESS_NEEDED: {
    zh: '请填写机器人地址（在群的机器人设置里复制）。',
    en: 'Enter the address of the robot: copy it from the robot’s settings in the group.',
  },
  NO_SIGNATURE: {
    zh: '企业微信机器人没有签名，请把密钥留空。',
    en: 'Robots of WeCom have no signature. Leave the secret empty.',
  },
  ROBOTS_MANY: {
    zh: '一个团队最多 {limit} 个机器人，请先移除一个。',
    en: 'A team has at most {limit} robots. Take one away first.',
  },
  TEAM_NAME_TAKEN: { zh: '已有团队叫“{name}”，请换一个名称。', en: 'There is a team “{name}”. Choose another name.' },
  PERSON_UNKNOWN: {
    zh: '选中的人员不存在或已停用，请重新选择。',
    en: 'This person is not here or was stopped. Choose another.',
  },
  NOT_A_MEMBER: {
    zh: '只有团队成员可以值班，请先把此人加入团队。',
    en: 'Only members take turns. Add the person to the team first.',
  },
  NO_ROTA: { zh: '这个团队还没有排班，请先设置轮值。', en: 'This team has no rota yet. Set one up first.' },
  SHIFT_UPSIDE_DOWN: {
    zh: '结束时间要晚于开始和现在，且不超过一年。',
    en: 'The end must be after the start and after now, and within a year.',
  },
  SHIFT_NOT_YOURS: {
    zh: '你只能调换自己的班，或替别人值班。其他调整请找能维护团队的同事。',
    en: 'You may hand on your own turns or step in for others. Ask somebody who may edit teams for the rest.',
  },
  NOT_TO_RETRY: { zh: '只有失败或未发送的消息可以重试。', en: 'Only what failed or was not sent can be tried again.' },
} satisfies ProblemWords<typeof noticesRefusals>

export const fields = {
  url: teamWords.teams.url,
  secret: teamWords.teams.secret,
  keyword: teamWords.teams.keyword,
  members: teamWords.teams.members,
  people: teamWords.onCall.order,
  startsOn: teamWords.onCall.startsOn,
  handoverAt: teamWords.onCall.handoverAt,
  escalateMinutes: teamWords.onCall.escalateMinutes,
  digestHour: words.preferences.digestHour,
  until: words.preferences.until,
} satisfies Words
