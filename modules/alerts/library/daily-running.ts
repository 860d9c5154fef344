/** Plans for the daily service: too few staff, too many people, suppliers, mistakes. */
import { plan, step } from './entry.ts'

export const dailyPlans = [
  plan(
    'staff-short',
    'staffing',
    {
      title: ['人手不足', 'Staff short'],
      when: [
        '当班到岗低于最低配置，或预计两小时内低于。',
        'Fewer on duty than the least needed, now or within two hours.',
      ],
      until: ['连续两个班次达到最低配置。', 'Two shifts in a row have at least the least needed.'],
    },
    {
      indicators: ['windows-open-share', 'staff-utilisation'],
      words: ['人手', '缺岗', '到岗', '在岗', '人力', 'staffing', 'understaffed', 'absence', 'on duty', 'vacancy'],
      leastColour: 'yellow',
    },
    [
      step('count', 'department-head', 10, [
        '清点到岗，列出不能缺的岗位',
        'Count who is there; list the posts that must be filled',
        '不能缺的先保：急救、收银、安全；其余按等候人数排。',
        'First what must not stop: emergencies, cash, safety; the rest by how many wait.',
      ]),
      step('move', 'department-head', 20, [
        '从忙闲不均处调人，后台支援前台',
        'Move people from quiet desks; the back office helps in front',
      ]),
      step('call', 'department-head', 40, ['按备班名单叫人，记录答复', 'Call the reserve list; write down who comes']),
      step('drop', 'department-head', 60, [
        '停办可延后的事项并公告',
        'Stop what can wait and say so',
        '写明停到几点、哪里还能办、已预约的怎么办。',
        'Say until when, where else it is done and what happens to appointments.',
      ]),
      step('rest', 'department-head', 240, [
        '核对连续工时，安排轮休，不许连上三班',
        'Check hours worked, give rest: nobody works three shifts in a row',
      ]),
      step('roster', 'department-head', 4320, [
        '按客流重排班表并补足备班',
        'Make a new roster by demand and refill the reserve',
      ]),
    ],
  ),
  plan(
    'queue-overflow',
    'queue',
    {
      title: ['排队超限', 'Queue overflow'],
      when: [
        '等候时间或人数超过承诺的两倍，或通道开始拥堵。',
        'Waits or heads beyond twice what is promised, or aisles filling up.',
      ],
      until: ['等候回到承诺以内并保持一小时。', 'Waits are within the promise and stay so for an hour.'],
    },
    {
      indicators: [
        'waiting-minutes-mean',
        'waiting-minutes-90th',
        'seen-within-30-minutes',
        'queue-abandonment',
        'peak-queue-length',
        'left-without-being-seen',
        'emergency-within-4-hours',
        'call-abandonment',
        'call-answer-rate',
      ],
      words: ['排队', '等候', '等待', '拥堵', 'queue', 'queuing', 'wait', 'waiting', 'waited', 'crowd', 'overcrowding'],
      leastColour: 'yellow',
    },
    [
      step('safety', 'staff', 5, ['疏通出入口，设单向通道', 'Clear the exits, make lanes one way']),
      step('first', 'staff', 10, [
        '把老人、孕妇、残障和急事先引出来',
        'Take out the old, pregnant, disabled and urgent first',
      ]),
      step('desks', 'department-head', 15, [
        '开满窗口，设快速办理台',
        'Open every desk and one for quick matters',
        '管理人员也坐窗口；一分钟能办完的不排大队。',
        'Managers sit at desks too; what takes a minute does not stand in the long line.',
      ]),
      step('tell', 'staff', 20, [
        '每十五分钟报一次预计等候，提供改约和网上办',
        'Tell the wait each quarter of an hour; offer another day or online',
        '告知到窗口关闭前办不到的人，现场约好另一天的优先号。',
        'Those who will not be reached before closing get a priority number for another day.',
      ]),
      step('comfort', 'staff', 30, ['送水、加座、遮阳或保暖', 'Water, seats, shade or warmth']),
      step('limit', 'department-head', 45, [
        '仍在增长时限流，并发布错峰提示',
        'Still growing: let in by turns and advise other hours',
      ]),
      step('learn', 'improvement-office', 2880, [
        '分析到达与办理速度，改预约量',
        'Compare arrivals with service rates; change booking limits',
      ]),
    ],
  ),
  plan(
    'supplier-failure',
    'supply',
    {
      title: ['供应商断供', 'Supplier failure'],
      when: [
        '关键物资或外包服务不能按时到，库存不足三天。',
        'A vital supply or contractor fails and stock lasts under three days.',
      ],
      until: ['库存回到安全线，替代来源已签约。', 'Stock is back at the safe level and another source is signed.'],
    },
    {
      indicators: ['shipped-within-48-hours', 'delivery-on-time'],
      words: ['供应', '断供', '缺货', '外包', 'supplier', 'shortage', 'stock'],
    },
    [
      step('stock', 'department-head', 60, ['盘点库存，算出还能用几天', 'Count stock and how many days it lasts']),
      step('ration', 'department-head', 120, ['定优先顺序，按需领用', 'Set who comes first; hand out by need']),
      step('supplier', 'department-head', 180, [
        '书面问清原因、数量、日期',
        'Ask the supplier in writing: why, how much, when',
      ]),
      step('other', 'department-head', 480, [
        '启动备用供应商或兄弟单位调剂',
        'Turn to the second supplier or borrow from a sister site',
        '先小批试单，价格上浮超过合同上限的由领导小组定。',
        'Try a small order first; a price above the ceiling is for the steering group.',
      ]),
      step('quality', 'department-head', 1440, ['替代品验收合格再用', 'Check substitutes before they are used']),
      step('contract', 'steering-group', 10080, [
        '按合同追责，改为至少两家来源',
        'Hold them to the contract; have two sources from now on',
      ]),
    ],
  ),
  plan(
    'service-error',
    'safety',
    {
      title: ['用药或服务差错', 'Medication or service error'],
      when: [
        '发错药、办错事、认错人，可能伤害当事人。',
        'Wrong medicine, wrong act or wrong person, with possible harm.',
      ],
      until: [
        '当事人情况稳定，已如实告知，改进措施已核实。',
        'The person is stable and told the truth; the remedy is proved.',
      ],
    },
    {
      indicators: ['critical-error-rate', 'harmful-incident-share'],
      words: ['差错', '用药', '错误', 'medication', 'error', 'mistake'],
      leastColour: 'yellow',
    },
    [
      step('stop', 'staff', 2, ['立即停止，守在当事人身边', 'Stop at once and stay with the person']),
      step('treat', 'department-head', 10, ['请医师或专业人员评估并处置', 'Have a physician or expert judge and act']),
      step('keep', 'staff', 20, ['封存药品、单据、记录', 'Keep medicine, papers and records untouched']),
      step('others', 'department-head', 60, [
        '查同批次、同时段还有没有人受影响',
        'Look for others of the same batch or hour',
        '用药差错同时查同批药、同一医嘱模板、同一名称相近的药。',
        'With medicine, also the batch, the order template and names that look alike.',
      ]),
      step('tell', 'department-head', 120, [
        '如实告知当事人和家属，致歉，说明下一步',
        'Tell the person and family the truth, apologise, say what comes next',
        '由负责的人说，不由当事员工一个人面对；不推测原因。',
        'Somebody in charge says it, not the colleague alone; no guess at causes.',
      ]),
      step('report', 'improvement-office', 720, [
        '按不良事件制度上报，不因上报处罚个人',
        'Report as an adverse event; nobody is punished for reporting',
      ]),
      step('cause', 'improvement-office', 10080, [
        '根因分析，改流程而不只是提醒',
        'Find the root cause; change the process, do not only remind',
      ]),
    ],
  ),
]
