import { z } from 'zod'

export const alertRefusals = {
  ALERT_CLOSED: { status: 409, message: 'This alert is closed already.' },
  RULE_WITHOUT_LEVEL: { status: 422, message: 'A rule needs at least one level.' },
  LEVELS_CONTRADICT: {
    status: 422,
    message: 'The levels contradict each other: red must be at least as bad as orange, orange as yellow.',
    data: z.object({ field: z.string() }),
  },
  RULE_WITHOUT_INDICATOR: { status: 422, message: 'This kind of rule judges an indicator: choose one.' },
  RULE_UNFIT: {
    status: 422,
    message: 'The rule cannot be evaluated for this indicator.',
    data: z.object({ field: z.string(), because: z.string() }),
  },
  RULE_CIRCLE: {
    status: 422,
    message: 'The rules would wait for each other: a combination may not contain itself, directly or through others.',
    data: z.object({ rules: z.array(z.string()) }),
  },
  REMARK_NEEDED: { status: 422, message: 'Closing by hand needs a reason others can read.' },
  DUTY_DONE: { status: 409, message: 'This duty is done already.' },
  RANGE_EMPTY: {
    status: 422,
    message: 'Nothing can be tried on this range: it ends before it begins, or lies in the future.',
    data: z.object({ from: z.string(), to: z.string() }),
  },
  RANGE_TOO_LONG: {
    status: 422,
    message: 'The range has too many periods for one trial.',
    data: z.object({ periods: z.number(), limit: z.number() }),
  },
  QUIET_UPSIDE_DOWN: { status: 422, message: 'It would end before it begins.' },
  RESPONSE_RUNNING: { status: 409, message: 'A response plan is running on this alert.' },
  RESPONSE_ENDED: { status: 409, message: 'This response has ended.' },
  STEPS_OPEN: {
    status: 409,
    message: 'Some steps are neither done nor skipped with a reason.',
    data: z.object({ steps: z.array(z.string()) }),
  },
  DRILL_NOT_BEGUN: { status: 409, message: 'This drill has not begun: findings come once it has.' },
  DRILL_OVER: { status: 409, message: 'This drill is over.' },
  ADDRESS_NOT_ALLOWED: {
    status: 422,
    message: 'This address lies in a private network: alerts are passed on to public ones only.',
    data: z.object({ host: z.string() }),
  },
  SUBSCRIPTIONS_MANY: {
    status: 409,
    message: 'So many receivers are the most there can be: remove one first.',
    data: z.object({ limit: z.number() }),
  },
} as const
