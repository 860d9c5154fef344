/** Plans for what the public says and does: complaints, petitions, opinion, protest. */
import { plan, step } from './entry.ts'

export const publicPlans = [
  plan(
    'mass-complaint',
    'complaints',
    {
      title: ['集中投诉', 'Mass complaint'],
      when: ['同一原因的投诉一天内达到平时的三倍。', 'Complaints of one cause reach thrice the usual in a day.'],
      until: ['原因已消除，逐件答复，一周内无新增。', 'The cause is gone, each is answered, none is new for a week.'],
    },
    {
      indicators: [
        'complaint-count',
        'complaints-per-thousand-visits',
        'complaints-per-ten-thousand-orders',
        'complaints-per-thousand-tickets',
        'serious-complaints-this-year',
        'dissatisfaction-rate',
      ],
      words: ['投诉', '差评', 'complaint', 'bad rating'],
      leastColour: 'yellow',
    },
    [
      step('sort', 'improvement-office', 30, [
        '归并同因投诉，列出人数、时间、诉求',
        'Put like with like: how many, when, what they want',
        '逐件读原文；找出最早一件的时间，看那时改了价格、流程还是系统。',
        'Read the texts; at the hour of the first one, was a price, a process or a system changed?',
      ]),
      step('stop', 'department-head', 60, ['先停止造成投诉的做法', 'Stop what causes the complaints first']),
      step('answer', 'staff', 120, [
        '给首批投诉人回电，说明已知和下一步',
        'Ring the first ones: what is known, what comes next',
      ]),
      step('line', 'department-head', 240, [
        '统一答复口径和补偿标准',
        'One answer and one rule of redress for all',
        '同类同办；没有投诉但同样受影响的人一并补偿。',
        'The same for the same case, also for those who were affected and did not complain.',
      ]),
      step('publish', 'improvement-office', 1440, [
        '在出问题的渠道公布原因和改法',
        'Publish cause and cure where the trouble was',
      ]),
      step('each', 'staff', 2880, ['逐件办结，登记满意与否', 'Close each one; note who is content and who is not']),
      step('proof', 'improvement-office', 20160, [
        '两周后抽查回访，核实没有再发',
        'Ask some again after two weeks; see that it did not return',
      ]),
    ],
  ),
  plan(
    'group-petition',
    'complaints',
    {
      title: ['群体上访', 'Group petition'],
      when: ['五人以上就同一诉求到场要求接待。', 'Five or more come with one demand and ask to be heard.'],
      until: [
        '诉求已书面答复，人员平安离开，期限有人跟。',
        'The demand has a written answer, all left safely, the date has an owner.',
      ],
    },
    { words: ['上访', '信访', '群体', '集体', '联名', 'petition'], leastColour: 'yellow' },
    [
      step('room', 'staff', 10, [
        '请到接待室，备水和座位，不拦不推',
        'Show them to a room with water and seats; no blocking, no pushing',
        '不训斥、不先登记身份；先说自己是谁、能定什么；留意老人和病人。',
        'No reproach, no papers first; say who you are and what you can decide; look after the old and ill.',
      ]),
      step('speakers', 'department-head', 20, [
        '请推选不超过五名代表，其余人有人陪同',
        'Ask for up to five speakers; somebody stays with the others',
      ]),
      step('listen', 'department-head', 45, [
        '负责人当面听完，逐条记录并请代表核对',
        'Somebody in charge hears them out; they check the notes',
      ]),
      step('report', 'department-head', 60, ['报告上级和信访部门', 'Report upward and to the petitions office']),
      step('now', 'steering-group', 180, [
        '能办的当场办，不能办的说明依据',
        'Do at once what can be done; for the rest give the reason',
      ]),
      step('speak-first', 'improvement-office', 10080, [
        '每周主动向代表通报进展，不等再来',
        'Tell the speakers each week how it goes, before they come again',
      ]),
      step('written', 'steering-group', 21600, [
        '十五日内书面告知受理情况，六十日内办结',
        'Say in writing within 15 days how it is taken up; settle within 60',
      ]),
    ],
  ),
  plan(
    'opinion-storm',
    'public-opinion',
    {
      title: ['舆情爆发', 'Public-opinion storm'],
      when: [
        '负面信息两小时内快速扩散，或上热搜、被主流媒体报道。',
        'Bad news spreads fast within two hours, trends, or is in major media.',
      ],
      until: [
        '热度降到事前水平三天，承诺的事都有结果。',
        'Three days at the level of before; everything promised has a result.',
      ],
    },
    { words: ['舆情', '热搜', '负面', '曝光', 'public opinion', 'sentiment', 'media', 'press'] },
    [
      step('facts', 'improvement-office', 30, [
        '截图存证，找当事人和现场核实',
        'Keep pictures; ask the people and the place what happened',
      ]),
      step('team', 'steering-group', 60, ['成立专班，指定唯一发言人', 'Form the task force, one speaker only']),
      step('first', 'steering-group', 120, [
        '首次回应：已关注、正在查、何时再说',
        'First answer: seen, being looked into, when you will hear more',
        '不猜原因，不推责任，不删评论。',
        'No guess at causes, no blame, no deleting of comments.',
      ]),
      step('desks', 'improvement-office', 150, [
        '给窗口、热线、客服同一份口径',
        'Give desks, hotline and chat the same words',
      ]),
      step('person', 'department-head', 180, [
        '负责人直接联系当事人并致歉',
        'Somebody in charge speaks to the person and apologises',
      ]),
      step('results', 'steering-group', 1440, ['公布调查结果和处理', 'Publish what was found and done']),
      step('watch', 'improvement-office', 4320, [
        '每天两次汇总走势，更正误传',
        'Sum up twice a day, correct what is wrong',
      ]),
      step('learn', 'improvement-office', 20160, [
        '复盘并把问题列入改进计划',
        'Look back; put the problem into an improvement plan',
      ]),
    ],
  ),
  plan(
    'false-rumour',
    'public-opinion',
    {
      title: ['不实传言', 'False rumour'],
      when: [
        '涉及本单位的不实消息在群聊或网上传播。',
        'Something untrue about the organisation spreads in groups or online.',
      ],
      until: ['主要渠道已更正，三天没有新传播。', 'The main channels are corrected and nothing new for three days.'],
    },
    { words: ['谣言', '传言', '不实', 'rumour', 'rumor'] },
    [
      step('check', 'improvement-office', 30, [
        '先查有没有属实的部分',
        'See first whether part of it is true',
        '逐句核对；有一句属实就先认，否则澄清没有人信。',
        'Sentence by sentence; admit the part that is true first, or nobody believes the rest.',
      ]),
      step('keep', 'improvement-office', 45, [
        '固定原帖、时间、转发链',
        'Keep the post, its time and who passed it on',
      ]),
      step('front', 'department-head', 60, ['给窗口、客服统一问答', 'Give desks and call centre one set of answers']),
      step('correct', 'steering-group', 120, [
        '官方渠道用事实和数据说明',
        'Answer with facts and figures on official channels',
      ]),
      step('platform', 'improvement-office', 240, [
        '向平台举报，涉嫌违法的报警',
        'Report to the platform, and to the police if it may be a crime',
      ]),
      step('gap', 'improvement-office', 10080, [
        '补上让人误会的信息公开缺口',
        'Publish what was missing and let the rumour grow',
      ]),
    ],
  ),
  plan(
    'protest-on-site',
    'public-opinion',
    {
      title: ['现场聚集抗议', 'Protest on site'],
      when: ['人员聚集拉横幅、堵门或影响他人办事。', 'People gather with banners, block doors or hold up others.'],
      until: ['人员平安散去，诉求有受理人和答复日期。', 'All left safely; the demand has an owner and a date.'],
    },
    { words: ['聚集', '抗议', '堵门', 'protest', 'demonstration'] },
    [
      step('ways', 'staff', 5, [
        '保持消防和急救通道畅通，另开出入口',
        'Keep fire and ambulance ways free, open another door',
      ]),
      step('calm', 'staff', 10, ['不推搡、不抢物，全程录像', 'No pushing, no snatching; film all of it']),
      step('talk', 'department-head', 20, [
        '负责人到场对话，请代表到室内谈',
        'Somebody in charge comes to talk; ask speakers inside',
        '一人上前，不带随从、不用扩音器；先听完，再说何时能答复。',
        'One person, no escort, no loudspeaker; hear them out, then say when there is an answer.',
      ]),
      step('police', 'department-head', 30, [
        '报告属地公安，有危险立即报警',
        'Tell the local police; in danger call 110 at once',
      ]),
      step('others', 'staff', 30, [
        '引导其他来访者，保护老人、儿童',
        'Lead other visitors away, the old and children first',
      ]),
      step('answer', 'steering-group', 240, ['给出书面受理凭证和答复日期', 'Give a written receipt and a date']),
      step('relieve', 'department-head', 480, [
        '换下被围堵的员工，安排休息',
        'Relieve colleagues who were surrounded and let them rest',
      ]),
      step('cause', 'improvement-office', 4320, [
        '查这件事此前反映过几次、卡在哪里',
        'How often was it raised before, and where did it get stuck?',
      ]),
    ],
  ),
]
