/** Plans for health and weather. */
import { plan, step } from './entry.ts'

export const healthPlans = [
  plan(
    'food-poisoning',
    'health',
    {
      title: ['疑似食物中毒', 'Suspected food poisoning'],
      when: ['两人以上同餐后出现呕吐、腹泻等相似症状。', 'Two or more fall ill alike after the same meal.'],
      until: [
        '病人痊愈，原因查明，监管部门同意恢复供餐。',
        'All are well, the cause known, the authority lets meals resume.',
      ],
    },
    { words: ['食物中毒', '食堂', '腹泻', 'food poisoning', 'canteen'], leastColour: 'yellow' },
    [
      step('care', 'staff', 10, [
        '送医或拨打120，记下姓名和吃过什么',
        'Send to hospital or call 120; note names and what they ate',
      ]),
      step('stop', 'department-head', 15, [
        '停止供餐，封存食品、原料、餐具和留样',
        'Stop meals; seal food, ingredients, dishes and kept samples',
        '不清洗灶具和台面，不倒剩菜；留样冰箱上锁，等人来取。',
        'Wash no pots or tops, throw nothing away; lock the fridge of kept samples until they are fetched.',
      ]),
      step('report', 'department-head', 120, [
        '两小时内报市场监管和卫生部门',
        'Report to market and health authorities within two hours',
      ]),
      step('list', 'staff', 180, [
        '列出全部就餐者，逐个问症状',
        'List all who ate and ask each of them',
        '用同一张表问：吃了什么、几点吃、几点发病、有何症状；没发病的也要问。',
        'One form for all: what, when, when ill, how; ask those who are well too.',
      ]),
      step('help', 'department-head', 360, [
        '配合采样调查，厨工离岗体检',
        'Help with samples; kitchen staff off duty and examined',
      ]),
      step('family', 'staff', 360, [
        '通知家属，专人陪护、垫付费用',
        'Tell families, stay with the ill, advance the cost',
      ]),
      step('restart', 'department-head', 10080, [
        '消毒、整改、复检合格后恢复',
        'Disinfect, put right, pass a check, then resume',
      ]),
    ],
  ),
  plan(
    'infection-outbreak',
    'health',
    {
      title: ['感染聚集', 'Infection outbreak'],
      when: [
        '短期内同一区域出现三例以上同类感染。',
        'Three or more of the same infection in one place in a short time.',
      ],
      until: ['一个最长潜伏期没有新病例。', 'No new case for one longest incubation period.'],
    },
    { words: ['感染', '传染', '疫情', 'infection', 'outbreak', 'epidemic'], leastColour: 'yellow' },
    [
      step('isolate', 'staff', 30, ['隔离病人，发口罩，手卫生到位', 'Isolate the ill, masks, hand hygiene']),
      step('confirm', 'department-head', 60, [
        '核实病例定义，列出病例和接触者',
        'Fix who counts as a case; list cases and contacts',
        '写明时间、地点、症状或检验结果三条，所有人按同一条数。',
        'Time, place, and symptom or test: everybody counts by the same three.',
      ]),
      step('report', 'department-head', 120, ['按法定时限上报疾控', 'Report to disease control within the legal time']),
      step('limit', 'department-head', 240, [
        '限制流动和探视，专人专区',
        'Limit movement and visits; own staff for that area',
      ]),
      step('clean', 'staff', 360, ['终末消毒，查通风、供水', 'Disinfect; check air and water']),
      step('tell', 'improvement-office', 480, [
        '告知病人、家属和员工，开设咨询',
        'Tell patients, families and staff; open a help line',
      ]),
      step('daily', 'department-head', 1440, [
        '每日报病例数并调整措施',
        'Count cases daily and adjust',
        '画发病曲线；新增不降的，第二天就加措施，不等一周。',
        'Draw the curve by day of onset; where it does not fall, do more the next day, not in a week.',
      ]),
    ],
  ),
  plan(
    'flood-typhoon',
    'weather',
    {
      title: ['暴雨洪水与台风', 'Flood or typhoon'],
      when: ['气象部门发布橙色以上预警，或已经积水。', 'An orange or red weather warning, or water already standing.'],
      until: ['预警解除，建筑、电气检查合格。', 'Warning lifted; building and wiring passed a check.'],
    },
    { words: ['暴雨', '台风', '洪水', '积水', 'flood', 'flooding', 'typhoon', 'storm'] },
    [
      step('watch', 'department-head', 15, [
        '专人盯预警和水位，值班领导到岗',
        'Somebody watches warnings and water; the duty head is present',
      ]),
      step('low', 'staff', 30, [
        '转移地下室人员、车辆和设备',
        'Move people, cars and machines out of basements',
        '先人后物；水过脚踝就不再下去搬东西。',
        'People before things; nobody goes down for things once water is above the ankle.',
      ]),
      step('barrier', 'staff', 60, [
        '上挡水板、沙袋，加固招牌和窗户',
        'Flood boards, sandbags; fasten signs and windows',
      ]),
      step('power', 'department-head', 60, [
        '进水区域断电，备好发电机和抽水泵',
        'Cut power where water comes in; generator and pumps ready',
        '站在干处操作；地下配电房进水的，由供电单位断电。',
        'Stand where it is dry; where the switch room is flooded the supplier cuts it off.',
      ]),
      step('close', 'department-head', 120, [
        '宣布停办或缩短营业并改约',
        'Announce closing or shorter hours and rebook',
      ]),
      step('home', 'department-head', 180, [
        '路上危险时留人过夜，备食物和被褥',
        'Where roads are dangerous keep people in, with food and beds',
      ]),
      step('after', 'department-head', 1440, [
        '退水后先验电、消毒再开放',
        'After the water: check wiring, disinfect, then open',
      ]),
    ],
  ),
  plan(
    'heat-wave',
    'weather',
    {
      title: ['高温', 'Heat wave'],
      when: ['最高气温预计达37℃，或室内超过30℃。', 'Forecast of 37 °C, or above 30 °C indoors.'],
      until: ['连续两天低于35℃。', 'Two days in a row below 35 °C.'],
    },
    { words: ['高温', '中暑', 'heat wave', 'heat stroke', 'heatstroke'] },
    [
      step('cool', 'staff', 60, ['开放纳凉区，供水和防暑药品', 'Open cool rooms with water and remedies']),
      step('queue', 'staff', 60, ['室外排队改室内或搭遮阳', 'Bring queues inside or give shade']),
      step('work', 'department-head', 120, [
        '室外作业避开中午，40℃停止',
        'No outdoor work at noon, none from 40 °C',
        '三十七到四十度的，全天室外作业不超过六小时，最热三小时停工。',
        'From 37 to 40 °C at most six hours outdoors in all, none in the three hottest hours.',
      ]),
      step('frail', 'staff', 240, ['问候独居老人和病人', 'Look after the old who live alone and the ill']),
      step('first-aid', 'staff', 240, [
        '急救员在岗，中暑即降温送医',
        'First-aiders on duty: cool down, to hospital',
        '神志不清、体温超过四十度的是热射病：边用冷水降温边叫120，不等车来。',
        'Confused and above 40 °C is heatstroke: cool with cold water while calling 120, do not wait for the car.',
      ]),
      step('machines', 'department-head', 480, [
        '查空调、配电和机房温度',
        'Check air conditioning, switchgear and server rooms',
      ]),
    ],
  ),
]
