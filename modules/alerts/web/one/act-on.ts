/** The same deed on one alert or on many: one refusal is shown as it is, of many it is told how many went through. */
import { App } from 'antd'
import type { Alert } from '#alerts/contract'
import { type Act, useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { useProblemText } from '#platform/web/problems.ts'
import type { Sentence } from '#platform/web/words.ts'
import { words } from '../../words.ts'

interface Outcome {
  readonly done: number
  readonly failed: readonly unknown[]
}

export interface Deed<I> {
  readonly alerts: readonly Alert[]
  readonly input: I
}

export function useActOn<I>(
  deed: (alert: Alert, input: I) => Promise<unknown>,
  options: { readonly done: Sentence; readonly onDone?: () => void; readonly quiet?: boolean },
): Act<Deed<I>, Outcome> {
  const { message } = App.useApp()
  const say = useSay()
  const tell = useProblemText()
  return useAct<Deed<I>, Outcome>(
    async ({ alerts, input }) => {
      const failed: unknown[] = []
      // One after the other: each writes the history of its own alert, and a flood must not hit the server at once.
      for (const alert of alerts) {
        try {
          await deed(alert, input)
        } catch (error) {
          if (alerts.length === 1) throw error
          failed.push(error)
        }
      }
      return { done: alerts.length - failed.length, failed }
    },
    {
      refresh: ['alerts'],
      quiet: options.quiet ?? false,
      onDone: ({ done, failed }) => {
        if (failed.length > 0)
          void message.warning(say(words.bulk.some, { done, failed: failed.length, because: tell(failed[0]) }))
        else if (done > 1) void message.success(say(words.bulk.done, { done }))
        else void message.success(say(options.done))
        options.onDone?.()
      },
    },
  )
}
