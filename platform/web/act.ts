/** Doing something: the button is busy, the outcome is told, what changed is read again. */
import { useMutation } from '@tanstack/react-query'
import { App } from 'antd'
import { isProblem, refresh } from './api.ts'
import { floorWords } from './floor-words.ts'
import { useSay } from './language.tsx'
import { useProblemText } from './problems.ts'
import type { Sentence } from './words.ts'

export interface ActOptions<O> {
  /** Told when it is done; without it nothing is said. */
  readonly done?: Sentence
  /** Modules whose answers are read again. */
  readonly refresh?: readonly string[]
  readonly onDone?: (answer: O) => void
  /** True where the screen shows the problem itself (forms). */
  readonly quiet?: boolean
}

export interface Act<I, O> {
  readonly run: (input: I) => void
  readonly busy: boolean
  readonly error: unknown
  readonly answer: O | undefined
  readonly forget: () => void
}

/** `const close = useAct((input: { id: string }) => alerts.closeAlert.call(input), { done: words.closed, refresh: ['alerts'] })` */
export function useAct<I, O>(act: (input: I) => Promise<O>, options: ActOptions<O> = {}): Act<I, O> {
  const { message } = App.useApp()
  const say = useSay()
  const tell = useProblemText()
  const mutation = useMutation<O, unknown, I>({
    mutationFn: act,
    onSuccess: (answer) => {
      if (options.done) void message.success(say(options.done))
      if (options.refresh) refresh(...options.refresh)
      options.onDone?.(answer)
    },
    onError: (error) => {
      if (!options.quiet || isProblem(error, 'NOT_SIGNED_IN')) void message.error(tell(error))
    },
  })
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    error: mutation.error,
    answer: mutation.data,
    forget: mutation.reset,
  }
}

/** Asks before something that cannot be undone: says what is lost, the button names the deed. */
export function useAsk(): (question: { title: string; lost?: string; deed: string; onYes: () => void }) => void {
  const { modal } = App.useApp()
  const say = useSay()
  return ({ title, lost, deed, onYes }) => {
    modal.confirm({
      title,
      content: lost,
      okText: deed,
      okButtonProps: { danger: true },
      cancelText: say(floorWords.act.cancel),
      onOk: onYes,
    })
  }
}
