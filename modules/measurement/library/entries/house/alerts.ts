/** How fast the organisation answers its own alerts. */
import { houseEventTypes } from '../../../contract/intake/events.ts'
import { entry, event, example, times } from '../../entry.ts'
import { events, is } from '../../terms.ts'

export const alertsEntries = [
  entry({
    id: 'alerts-answered-in-two-hours',
    sectors: ['hospital', 'hall', 'bank', 'property', 'e-commerce', 'hotline'],
    title: ['预警 2 小时响应率', 'Alerts answered within two hours'],
    explanation: [
      '预警发出后 2 小时内有人受理的比例。满 2 小时没人受理就记一次未及时，之后受理也不改。演练不计。',
      'Of alerts raised, the share somebody took charge of within two hours. After two hours it counts as late, whenever it is answered. Drills do not count.',
    ],
    formula: ['2 小时内受理的预警数 ÷ 预警数', 'Alerts answered within two hours ÷ alerts'],
    unit: 'percent',
    direction: 'higher-is-better',
    category: 'efficiency',
    target: 90,
    basis: ['突发问题 2 小时内响应九成', 'Nine in ten sudden problems within two hours'],
    source: 'practice',
    minimumN: 5,
    definition: {
      kind: 'proportion',
      eventType: houseEventTypes.alertAnswer,
      where: [],
      numerator: [events(is('on-time', 'yes'))],
      denominator: [events()],
    },
    examples: [
      example(
        ['5 条预警 4 条及时', 'Four of five in time'],
        [
          ...times(4, event('alert-answer', '03-03 09:00', { 'on-time': 'yes', severity: 'red' })),
          event('alert-answer', '03-03 10:00', { 'on-time': 'no', severity: 'yellow' }),
        ],
        80,
        { n: 5 },
      ),
    ],
  }),
]
