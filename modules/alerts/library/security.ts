/** Plans for danger to life and limb. */
import { plan, step } from './entry.ts'

export const securityPlans = [
  plan(
    'violence-against-staff',
    'violence',
    {
      title: ['伤害工作人员', 'Violence against staff'],
      when: ['辱骂升级、威胁、推打工作人员或持械。', 'Abuse grows, staff are threatened or struck, or a weapon shows.'],
      until: ['人员安全，警方已处置，受害员工得到照顾。', 'All are safe, police have acted, those hurt are cared for.'],
    },
    { words: ['暴力', '伤医', '殴打', '辱骂', 'violence', 'assault', 'abuse'], leastColour: 'yellow' },
    [
      step('alarm', 'staff', 1, [
        '按一键报警，退到有门的房间',
        'Press the alarm and withdraw behind a door',
        '不还口、不单独劝架；带走身边能当凶器的剪刀、热水瓶。',
        'Do not answer back or part them alone; take scissors and flasks out of reach.',
      ]),
      step('guards', 'staff', 3, ['两名以上安保到场，隔开双方', 'Two or more guards part the sides']),
      step('police', 'department-head', 5, ['拨打110，持械时疏散', 'Call 110; with a weapon clear the place']),
      step('injured', 'department-head', 10, ['救治伤者，送医并留记录', 'Treat the hurt, to hospital, with records']),
      step('evidence', 'department-head', 60, ['保存录像和证人', 'Keep film and witnesses']),
      step('staff', 'department-head', 240, [
        '让当事员工离岗休息，心理支持',
        'Relieve the colleague from duty; offer counselling',
        '由负责人陪着报案和就医，工伤手续由单位办；三天内再问一次睡得好不好。',
        'Go with them to police and doctor; the organisation does the papers; ask again within three days how they sleep.',
      ]),
      step('cause', 'improvement-office', 10080, [
        '查起因，改流程和安检',
        'Find what led to it; change process and entry checks',
      ]),
    ],
  ),
  plan(
    'lost-person',
    'safety',
    {
      title: ['走失儿童或人员', 'Lost child or person'],
      when: ['家属报告孩子、老人或病人在场内找不到。', 'A child, elder or patient cannot be found on site.'],
      until: ['找到本人并核验身份交还家属。', 'Found, and handed over after checking identity.'],
    },
    { words: ['走失', '失踪', 'lost child', 'missing person'], leastColour: 'yellow' },
    [
      step('describe', 'staff', 2, [
        '问清姓名、年龄、衣着、最后地点，要照片',
        'Name, age, clothes, last place; ask for a photo',
      ]),
      step('doors', 'staff', 3, ['守住出入口，留意带走者', 'Watch every door and who leaves with whom']),
      step('search', 'staff', 10, [
        '分区搜寻：厕所、楼梯、水边、停车场',
        'Search by zones: toilets, stairs, water, car park',
      ]),
      step('film', 'department-head', 15, [
        '回看监控，广播不说全名',
        'Look at the cameras; announce without the full name',
        '从最后看到的时间往后看，先看出入口；确认已离场的立即扩大范围。',
        'From the last time seen onward, doors first; if they have left, widen the search at once.',
      ]),
      step('police', 'department-head', 20, ['二十分钟未找到即报警', 'Not found in twenty minutes: call the police']),
      step('return', 'department-head', 240, [
        '专人陪家属，核验后交还并签字',
        'Stay with the family; hand over against identity and signature',
        '孩子认不认得、说不说得出来人名字也要看；有疑问的等警方到场。',
        'See whether the child knows them and can name them; in doubt wait for the police.',
      ]),
    ],
  ),
  plan(
    'fire',
    'fire',
    {
      title: ['火灾', 'Fire'],
      when: ['发现明火、浓烟或消防报警确认。', 'Flames, thick smoke or a confirmed fire alarm.'],
      until: ['消防宣布扑灭，人数清点齐，允许返回。', 'Fire service says it is out, all are counted and may return.'],
    },
    { words: ['火灾', '火警', '消防', 'fire', 'smoke'], leastColour: 'yellow' },
    [
      step('call', 'staff', 1, ['喊人、按手报、拨打119', 'Shout, break the glass, call 119']),
      step('small', 'staff', 3, [
        '小火两人用灭火器，退路在身后',
        'A small fire: two with extinguishers, the way out behind them',
        '一罐喷完没有压住就撤；油锅盖盖，电器先断电，锂电池用大量水。',
        'One bottle and not out: leave. Lid on burning oil, power off first, much water for lithium cells.',
      ]),
      step('out', 'staff', 5, [
        '走楼梯疏散，关门，先带行动不便者',
        'Out by the stairs, shut doors, help those who cannot walk',
        '摸门再开，门烫不开；烟大就低身；不坐电梯，不回头取物。',
        'Feel the door first, leave a hot one shut; stay low in smoke; no lift, no going back.',
      ]),
      step('plant', 'staff', 5, ['启动排烟、消防泵，电梯迫降，切断燃气', 'Smoke vents, pumps, lifts down, gas off']),
      step('count', 'department-head', 15, [
        '集合点清点，缺人立即告诉消防',
        'Count at the meeting point; tell firefighters who is missing',
      ]),
      step('guide', 'department-head', 15, [
        '接消防车，报火点和危险品',
        'Meet the engines: where it burns, what is dangerous',
      ]),
      step('after', 'steering-group', 1440, [
        '保护现场，安置人员，如实上报',
        'Guard the scene, house people, report the truth',
      ]),
    ],
  ),
  plan(
    'injury-incident',
    'safety',
    {
      title: ['安全事故致伤', 'Safety incident with injury'],
      when: ['来访者或员工跌倒、砸伤、触电等受伤。', 'A visitor or colleague is hurt by a fall, a blow or a current.'],
      until: ['伤者得到治疗，隐患消除，报告已交。', 'The person is treated, the hazard gone, the report in.'],
    },
    {
      indicators: ['safety-incidents-365-days', 'falls-per-thousand-bed-days'],
      words: ['受伤', '跌倒', '坠落', '事故', '安全事件', 'injury', 'injuries', 'accident', 'fall', 'safety incident'],
      leastColour: 'yellow',
    },
    [
      step('aid', 'staff', 3, [
        '先断危险源，再急救，不随意搬动',
        'Remove the danger first, then aid; do not move them needlessly',
        '触电先断电；高处坠落不动颈背；没有呼吸就按压，取除颤仪。',
        'Current off first; after a fall do not move neck or back; no breath: press and fetch the defibrillator.',
      ]),
      step('call', 'staff', 5, ['拨打120，派人引路', 'Call 120 and send a guide']),
      step('fence', 'staff', 15, ['围挡现场，拍照取证', 'Fence it off and take pictures']),
      step('family', 'department-head', 30, ['通知家属，专人陪同就医', 'Tell the family and go with them']),
      step('report', 'department-head', 60, [
        '一小时内按规定上报',
        'Report within the hour where the law asks',
        '说明时间、地点、伤情、已做什么；迟报、漏报比事故本身更难交代。',
        'Time, place, injuries, what was done; late or missing reports are harder to answer for than the accident.',
      ]),
      step('others', 'department-head', 1440, [
        '查同类隐患并当日消除',
        'Look for the same hazard elsewhere and remove it that day',
      ]),
      step('cause', 'improvement-office', 10080, [
        '查清成因，改环境和流程，不只教育当事人',
        'Find what led to it; change place and process, do not only lecture people',
      ]),
    ],
  ),
  plan(
    'vehicle-accident',
    'safety',
    {
      title: ['场内车辆事故', 'Vehicle accident on premises'],
      when: ['停车场或内部道路发生碰撞、撞人。', 'A collision or a person hit in the car park or on inner roads.'],
      until: ['伤者送医，现场清理，责任已记录。', 'The hurt are in hospital, the scene clear, facts written down.'],
    },
    { words: ['车辆', '停车场', '撞', 'vehicle', 'car park', 'collision'], leastColour: 'yellow' },
    [
      step('stop', 'staff', 3, ['拦停车流，放警示牌，熄火', 'Stop traffic, set out signs, engines off']),
      step('aid', 'staff', 5, ['有人受伤拨打120和122', 'Anybody hurt: call 120 and 122']),
      step('energy', 'staff', 10, [
        '查漏油和电池冒烟，电动车拉开距离',
        'Look for fuel and smoking batteries; keep away from electric cars',
        '电池冒白烟、有嘶声的，人退到十五米外，叫119，不自己灭。',
        'White smoke or hissing from a battery: 15 metres away, call 119, do not fight it yourself.',
      ]),
      step('record', 'staff', 20, ['拍照、存录像、记车牌和证人', 'Pictures, film, plates and witnesses']),
      step('detour', 'staff', 30, ['另设车道，保证急救车进出', 'Another lane; ambulances must pass']),
      step('fix', 'department-head', 4320, ['改标线、镜子、限速', 'Better markings, mirrors, speed limits']),
    ],
  ),
]
