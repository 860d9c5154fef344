/** Asks before unsaved work is left behind: on links, on the back button, and (in the browser's own words) on closing the tab. */
import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'
import { useCallback, useRef } from 'react'
import { useSay } from '../language.tsx'
import type { Sentence, Words } from '../words.ts'

const words = {
  title: { zh: '有未保存的修改', en: 'There are unsaved changes' },
  lost: { zh: '离开这一页，刚才的修改会丢失。', en: 'Leaving this page loses what you changed.' },
  leave: { zh: '放弃修改并离开', en: 'Leave without saving' },
  stay: { zh: '继续编辑', en: 'Go on editing' },
} satisfies Words

/**
 * `const touched = useLeaveGuard()`: `touched(true)` when something was changed, `touched(false)` right before leaving after a save. `lost`
 * says what leaving loses, where it is not everything.
 */
export function useLeaveGuard(lost: Sentence = words.lost): (unsaved: boolean) => void {
  const { modal } = App.useApp()
  const say = useSay()
  const unsaved = useRef(false)
  useBlocker({
    enableBeforeUnload: () => unsaved.current,
    shouldBlockFn: ({ current, next }) => {
      if (!unsaved.current || current.pathname === next.pathname) return false
      return new Promise<boolean>((resolve) => {
        modal.confirm({
          title: say(words.title),
          content: say(lost),
          okText: say(words.leave),
          okButtonProps: { danger: true },
          cancelText: say(words.stay),
          onOk: () => resolve(false),
          onCancel: () => resolve(true),
        })
      })
    },
  })
  return useCallback((value) => {
    unsaved.current = value
  }, [])
}
