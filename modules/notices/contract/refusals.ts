import { z } from 'zod'

export const noticesRefusals = {
  ADDRESS_PRIVATE: {
    status: 422,
    message: 'This address lies in a private network. The operator may allow those with BIHUAN_PULL_PRIVATE=allow.',
    data: z.object({ host: z.string() }),
  },
  ADDRESS_NEEDED: { status: 422, message: 'A new robot needs its address.' },
  NO_SIGNATURE: { status: 422, message: 'Robots of WeCom have no signature: leave the secret out.' },
  ROBOTS_MANY: {
    status: 409,
    message: 'A team may have no more robots. Take one away first.',
    data: z.object({ limit: z.number().int() }),
  },
  TEAM_NAME_TAKEN: { status: 409, message: 'Another team has this name.', data: z.object({ name: z.string() }) },
  PERSON_UNKNOWN: {
    status: 422,
    message: 'This person is not here, or was stopped.',
    data: z.object({ field: z.string(), person: z.string() }),
  },
  NOT_A_MEMBER: {
    status: 422,
    message: 'Only members of the team take turns. Add the person to the team first.',
    data: z.object({ person: z.string() }),
  },
  NO_ROTA: { status: 409, message: 'This team has no rota yet.' },
  SHIFT_UPSIDE_DOWN: { status: 422, message: 'The end lies before the start, over a year after it, or is past.' },
  SHIFT_NOT_YOURS: { status: 403, message: 'You may hand on your own turns; others need the right to edit teams.' },
  NOT_TO_RETRY: {
    status: 409,
    message: 'Only what failed or was skipped can be tried again.',
    data: z.object({ state: z.string() }),
  },
} as const
