/** Plans for what fails in a building: equipment, lifts, power, water. */
import { plan, step } from './entry.ts'

export const premisesPlans = [
  plan(
    'equipment-down',
    'equipment',
    {
      title: ['关键设备故障', 'Key equipment down'],
      when: [
        '窗口、检查或生产用的关键设备停用，影响正在办理的人。',
        'Equipment that people depend on has stopped and holds up those being served.',
      ],
      until: [
        '设备试运行合格，积压已消化，受影响的人都已得到答复。',
        'It passed a trial run, the backlog is gone, everybody held up has had an answer.',
      ],
    },
    {
      indicators: ['device-availability', 'device-restore-hours', 'device-fault-repeat-30-days'],
      words: ['设备', '故障', '停机', 'equipment', 'breakdown', 'fault'],
      leastColour: 'yellow',
    },
    [
      step('isolate', 'staff', 5, [
        '停用设备并挂牌，确认没有人受伤',
        'Take it out of use, tag it, make sure nobody is hurt',
      ]),
      step('tell', 'staff', 10, [
        '告知正在等候的人：预计多久、可以去哪里办',
        'Tell those waiting how long and where else they can go',
      ]),
      step('spare', 'department-head', 15, [
        '启用备用设备或转到其他窗口、院区、网点',
        'Bring in a spare or move people to another desk or site',
        '先转当天有时限的，再转其余；每一位都说清去哪里、找谁、带什么。',
        'Those with a deadline today first; tell each person where, to whom and with what.',
      ]),
      step('repair', 'department-head', 30, [
        '报修并记下受理人、到场时间',
        'Call the repairer; write down who took it and when they come',
      ]),
      step('urgent', 'staff', 45, [
        '逐一联系不能等的人，另行安排',
        'Ring those who cannot wait and arrange something else',
      ]),
      step('trial', 'department-head', 480, [
        '修复后试运行并由使用人签字',
        'Trial run after the repair, signed by those who use it',
        '至少连续运行一小时或完成十次操作，读数与停用前比对。',
        'At least an hour or ten uses without a fault; compare readings with those before.',
      ]),
      step('cause', 'department-head', 2880, [
        '查清原因；一季度内第二次的，提出更换或改保养周期',
        'Find the cause; a second time in a quarter: replace or change upkeep',
      ]),
    ],
  ),
  plan(
    'lift-trapped',
    'safety',
    {
      title: ['电梯困人', 'People trapped in a lift'],
      when: [
        '电梯停在层间或打不开门，里面有人。',
        'A lift stands between floors or does not open, with people inside.',
      ],
      until: [
        '人员全部救出并已关怀，电梯检验合格后恢复。',
        'All are out and cared for; the lift runs again only after inspection.',
      ],
    },
    {
      indicators: ['lift-rescue-30-minutes'],
      words: ['电梯', '困人', 'lift', 'elevator', 'trapped'],
      leastColour: 'yellow',
    },
    [
      step('talk', 'staff', 2, [
        '通过对讲安抚，问清人数、有无病人、孕妇、儿童',
        'Speak over the intercom: how many, anybody ill, pregnant or a child',
        '请他们远离轿门、不要扒门；不断线，每几分钟报一次进展。',
        'Ask them to keep off the doors and not to force them; stay on the line.',
      ]),
      step('call', 'staff', 5, [
        '通知电梯维保单位；有人不适同时拨打120、119',
        'Call the lift company; 120 and 119 at once if anybody is unwell',
        '要求三十分钟内到场；十五分钟仍未出发的，改叫119。',
        'They must be there within 30 minutes; not on their way after 15, call 119.',
      ]),
      step('guard', 'staff', 5, [
        '断开电源前确认轿厢位置，各层放围挡，禁止他人施救',
        'Find the car, fence off each landing, let nobody untrained try',
      ]),
      step('rescue', 'department-head', 30, [
        '持证人员到场救援，记录到场和救出时间',
        'Licensed rescuers on site; write down arrival and release',
      ]),
      step('care', 'department-head', 45, [
        '当面致歉，检查身体，留下联系方式',
        'Apologise in person, offer a check-up, take contact details',
        '有心慌、外伤或曾长时间被困的，陪同就医并先行垫付。',
        'Anybody shaken, hurt or trapped for long: go with them to a doctor and advance the cost.',
      ]),
      step('inspect', 'department-head', 1440, [
        '停用至检验合格，按规定上报',
        'Keep it shut until inspected; report as the law asks',
      ]),
      step('review', 'department-head', 4320, [
        '核对维保记录，复盘救援用时并公布',
        'Check upkeep records; go through the rescue times and publish them',
      ]),
    ],
  ),
  plan(
    'power-cut',
    'utilities',
    {
      title: ['停电', 'Power cut'],
      when: [
        '全部或部分区域突然断电，或接到停电通知不足一天。',
        'All or part of the site loses power, or is told less than a day ahead.',
      ],
      until: [
        '市电稳定一小时，各系统核对无误，应急电源已补充。',
        'Mains stable for an hour, systems checked, reserves refilled.',
      ],
    },
    { words: ['停电', '断电', '供电', 'power cut', 'blackout', 'electricity'], leastColour: 'yellow' },
    [
      step('vital', 'department-head', 3, [
        '确认备用电源已带起救命、消防、机房负荷',
        'See that reserve power carries life support, fire safety and servers',
        '逐处看一眼而不是只看面板；自动切换没有动作的，手动切换。',
        'Look at each place, not only at the panel; where it did not switch over, do it by hand.',
      ]),
      step('people', 'staff', 5, [
        '打开应急照明，查电梯、暗处是否有人',
        'Emergency lights on; look for people in lifts and dark rooms',
      ]),
      step('grid', 'department-head', 10, ['联系供电单位，问原因和恢复时间', 'Ask the supplier for cause and time']),
      step('tell', 'staff', 15, ['广播并张贴告示，改用纸质登记', 'Announce and post notices; go over to paper']),
      step('fuel', 'staff', 30, [
        '核对油量、电池还能撑多久，安排补给',
        'Check how long fuel and batteries last; order more',
      ]),
      step('reduce', 'department-head', 60, [
        '超过一小时：停办非急业务，逐个改约',
        'Beyond an hour: stop what can wait and rebook each person',
      ]),
      step('return', 'administrator', 240, [
        '来电后按顺序开机，补录纸单并两人核对',
        'Start up in order; key in the paper, checked by two',
        '先照明和安全系统，再机房，最后大功率设备，每组之间停几分钟。',
        'Lights and safety first, then servers, heavy machines last, some minutes between groups.',
      ]),
    ],
  ),
  plan(
    'water-cut',
    'utilities',
    {
      title: ['停水或水质异常', 'Water cut or foul water'],
      when: ['停水超过半小时，或水有异色、异味。', 'No water for half an hour, or water of odd colour or smell.'],
      until: ['水质检测合格，管路冲洗完成并公告。', 'A test is clean, pipes are flushed and people told.'],
    },
    { words: ['停水', '供水', '水质', 'water supply', 'water quality'], leastColour: 'yellow' },
    [
      step('stop', 'staff', 10, [
        '水质异常时立即关闭饮水点并封条',
        'Foul water: shut and seal every drinking point at once',
      ]),
      step('source', 'department-head', 20, [
        '判断是管网、水箱还是内部管路，联系供水单位',
        'Mains, tank or inner pipes? Call the supplier',
        '先看邻近楼栋有没有水，再看水箱水位，最后看本楼阀门。',
        'See whether the next building has water, then the tank, then the valves of this one.',
      ]),
      step('bottles', 'department-head', 45, [
        '送瓶装水，优先病人、老人、儿童和厨房',
        'Bring bottled water: patients, the old, children and kitchens first',
      ]),
      step('toilets', 'staff', 60, [
        '安排冲厕用水和消毒，关闭部分卫生间',
        'Water for flushing, disinfect, close some toilets',
      ]),
      step('sample', 'department-head', 120, [
        '留样送检，有人不适报卫生部门',
        'Send samples; report to health authorities if anybody is ill',
      ]),
      step('flush', 'department-head', 720, [
        '恢复后冲洗水箱和末端再开放',
        'Flush tank and taps before opening again',
        '从高到低逐层放水到清，水箱清洗消毒后取样，合格前仍送瓶装水。',
        'Run taps from the top floor down until clear, clean the tank, sample; bottles until it passes.',
      ]),
    ],
  ),
]
