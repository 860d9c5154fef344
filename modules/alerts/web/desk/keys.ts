/** Working the desk by keyboard: up and down, open, take charge, mark. */
import { useEffect, useRef } from 'react'

export interface KeyDeeds {
  readonly move: (step: 1 | -1) => void
  readonly open: () => void
  readonly answer: () => void
  readonly mark: () => void
  readonly close: () => void
}

/** Keys belong to what is typed into, to open dialogs and menus, and to buttons that have the focus. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return true
  if (target?.closest('input:not([type=checkbox]), textarea, select, [contenteditable], .ant-select, .ant-modal'))
    return true
  return event.key === 'Enter' && target?.closest('a, button') !== null && target !== document.body
}

export function useKeys(deeds: KeyDeeds): void {
  const now = useRef(deeds)
  useEffect(() => {
    now.current = deeds
  }, [deeds])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return
      const deed = deedOf(event.key, now.current)
      if (!deed) return
      event.preventDefault()
      deed()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function deedOf(key: string, deeds: KeyDeeds): (() => void) | undefined {
  switch (key) {
    case 'j':
      return () => deeds.move(1)
    case 'k':
      return () => deeds.move(-1)
    case 'Enter':
      return deeds.open
    case 'a':
      return deeds.answer
    case 'x':
      return deeds.mark
    case 'Escape':
      return deeds.close
    default:
      return undefined
  }
}
