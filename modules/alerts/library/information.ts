/** Plans for information and its systems. */
import { plan, step } from './entry.ts'

export const informationPlans = [
  plan(
    'data-leak',
    'data',
    {
      title: ['数据泄露', 'Data leak'],
      when: [
        '个人信息或内部数据被外传、误发、可公开访问。',
        'Personal or internal data went out, to the wrong hands or in the open.',
      ],
      until: [
        '泄露渠道已堵，当事人和主管部门已告知，整改已验收。',
        'The leak is shut, people and authorities told, the remedy accepted.',
      ],
    },
    {
      indicators: ['privacy-breaches'],
      words: ['泄露', '泄密', '个人信息', 'leak', 'leaked', 'breach'],
      leastColour: 'yellow',
    },
    [
      step('shut', 'administrator', 15, [
        '切断渠道：下线页面、停用账号、撤回文件',
        'Shut the way out: page down, account off, file recalled',
      ]),
      step('evidence', 'security-officer', 30, [
        '固定日志和截图，不删不改',
        'Secure logs and pictures; delete and change nothing',
        '导出系统日志、下载记录、公开页面快照，记下时间和经手人，放进只读介质。',
        'Export logs, downloads and the public page; write down hour and person; keep it on read-only media.',
      ]),
      step('scope', 'security-officer', 120, [
        '查清哪些数据、多少人、谁拿到',
        'Which data, how many people, who has them',
      ]),
      step('lead', 'steering-group', 120, [
        '成立专班，确定对外口径和联系人',
        'Form the task force; name one voice and one contact',
      ]),
      step('authority', 'security-officer', 240, [
        '按网信、公安要求的时限报告',
        'Report to the authorities within their limits',
        '按国家网络安全事件报告规定分级，较大及以上的最短须在一小时内报告；先报已知，再补。',
        'Grade it by the national rules; from the graver grades on, the limit can be one hour. Report what is known, add later.',
      ]),
      step('people', 'improvement-office', 1440, [
        '通知受影响的人：泄露了什么、有何风险、怎样防范',
        'Tell those affected what leaked, the risk and how to guard',
        '用当事人看得懂的话，说明可以做什么、找谁问；不让他们从新闻里知道。',
        'In plain words, with what they can do and whom to ask; they must not learn it from the news.',
      ]),
      step('fix', 'administrator', 4320, ['修补漏洞，收紧权限并复测', 'Close the hole, tighten rights, test again']),
    ],
  ),
  plan(
    'ransomware',
    'data',
    {
      title: ['勒索病毒', 'Ransomware'],
      when: [
        '文件被加密、出现勒索信息或大量异常改写。',
        'Files are encrypted, a ransom note shows, or files change in masses.',
      ],
      until: [
        '从干净备份恢复，全网查杀完毕，账号全部换密。',
        'Restored from clean backups, network searched, passwords changed.',
      ],
    },
    { words: ['勒索', '病毒', '木马', 'ransomware', 'malware', 'virus'], leastColour: 'yellow' },
    [
      step('unplug', 'staff', 5, [
        '拔网线、断无线，不关机',
        'Pull the cable, wireless off; do not switch off',
        '关机会丢掉内存里的线索，还可能再触发加密；在机身贴“勿动”。',
        'Switching off loses traces in memory and may start the encryption again; put a sign on it.',
      ]),
      step('split', 'administrator', 15, [
        '隔离网段，断开备份和远程接入',
        'Split the network; cut off backups and remote access',
      ]),
      step('paper', 'department-head', 30, ['业务转纸质流程，急事优先', 'Go over to paper, urgent matters first']),
      step('report', 'security-officer', 60, ['报公安网安和主管部门', 'Report to police and the authority above']),
      step('refuse', 'steering-group', 120, [
        '不与勒索者私下联系，不擅自付款',
        'Nobody talks to or pays the blackmailers on their own',
      ]),
      step('clean', 'administrator', 1440, [
        '查清入口，重装而不是只杀毒',
        'Find the way in; reinstall rather than only clean',
      ]),
      step('restore', 'administrator', 4320, [
        '按业务优先级从离线备份恢复并核对',
        'Restore from offline backups by priority, and check',
        '先在隔离网里恢复一份，确认没有后门再放回；账号密码全部更换。',
        'Restore into a closed network first and look for a way back in; change every password.',
      ]),
    ],
  ),
  plan(
    'system-outage',
    'system',
    {
      title: ['系统中断', 'System outage'],
      when: [
        '主要业务系统不可用超过五分钟，或大面积报错。',
        'A main system is unavailable for five minutes or fails for many.',
      ],
      until: [
        '系统稳定两小时，补录核对完成，原因已公布。',
        'Stable for two hours, paper keyed in and checked, cause published.',
      ],
    },
    {
      indicators: ['transaction-success-rate'],
      words: ['系统', '宕机', '中断', '网络', 'system', 'outage', 'downtime', 'network'],
      leastColour: 'yellow',
    },
    [
      step('confirm', 'administrator', 5, [
        '确认范围，停止正在进行的变更',
        'How far does it reach? Stop every change under way',
      ]),
      step('notice', 'improvement-office', 15, [
        '线上线下同时公告，说明替代办法',
        'Tell people online and on site, with another way',
      ]),
      step('paper', 'department-head', 15, [
        '启用离线或纸质办理',
        'Work offline or on paper',
        '登记单写明事项、电话和承诺回电时间；只收事后能补录的。',
        'The form names the matter, the number and the hour of the call back; take only what can be keyed in later.',
      ]),
      step('back', 'administrator', 30, [
        '三十分钟内找不到原因就回退或切换',
        'No cause in half an hour: roll back or switch over',
      ]),
      step('update', 'administrator', 60, [
        '每三十分钟通报一次进展',
        'Tell how it goes each half hour',
        '没有进展也要说，写明下一次通报的时间。',
        'Say so even where nothing is new, with the hour of the next word.',
      ]),
      step('key-in', 'staff', 480, ['恢复后补录，两人核对', 'Key in what was on paper, checked by two']),
      step('review', 'improvement-office', 4320, [
        '复盘时间线，落实监控和演练',
        'Go through the timeline; add monitoring and drills',
      ]),
    ],
  ),
  plan(
    'privacy-requests',
    'data',
    {
      title: ['个人信息请求激增', 'Wave of privacy requests'],
      when: [
        '查询、更正、删除个人信息的请求一周内超过平时三倍。',
        'Requests to see, correct or erase data are thrice the usual in a week.',
      ],
      until: ['没有超期请求，一周回到平时水平。', 'None is overdue and a week is as usual.'],
    },
    { words: ['隐私', '个人信息', '删除请求', 'privacy', 'erasure'] },
    [
      step('why', 'security-officer', 240, [
        '查诱因：新闻、泄露、默认授权或新条款',
        'Find what set it off: news, a leak, consent by default, new terms',
      ]),
      step('desk', 'department-head', 480, ['设专人专号，公布办理时限', 'One desk and number, with the time it takes']),
      step('identity', 'staff', 720, [
        '核验身份，不多要材料',
        'Check identity and ask for no more than that takes',
        '用已留的电话或账号核验，不收身份证复印件来换取删除。',
        'Check by the number or account on file; no copy of an identity card in exchange for erasure.',
      ]),
      step('clock', 'security-officer', 1440, [
        '逐件登记截止日，先办最早的',
        'Write down the last day of each; the oldest first',
      ]),
      step('pause', 'steering-group', 1440, [
        '诱因未消除前暂停相关收集',
        'Stop the collecting behind it until the reason is gone',
      ]),
      step('answer', 'staff', 21600, [
        '十五个工作日内书面答复，拒绝要说明理由',
        'Answer in writing within 15 working days; a refusal says why',
      ]),
    ],
  ),
]
