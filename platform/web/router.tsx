/** Links and addresses. Paths are plain text (`/alerts/42`); the scope travels along unless a link says otherwise. */
import { useLocation, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { useCallback } from 'react'

/** What of the address travels from page to page. */
const SCOPE_NAMES = ['entity', 'from', 'to', 'grain'] as const

/** The path with the present scope added, where the path does not name its own. */
function withScope(to: string, search: string): string {
  const [path = '', own = ''] = to.split('?')
  const wanted = new URLSearchParams(own)
  const present = new URLSearchParams(search)
  for (const name of SCOPE_NAMES) {
    const value = present.get(name)
    if (value !== null && !wanted.has(name)) wanted.set(name, value)
  }
  const text = wanted.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The path and search of now. */
export function useAddress(): { path: string; search: string } {
  const location = useLocation()
  return { path: location.pathname, search: location.searchStr }
}

/** `const go = useGo()`, then `go('/alerts/42')`. */
export function useGo(): (to: string, options?: { replace?: boolean; plain?: boolean }) => void {
  const navigate = useNavigate()
  const router = useRouter()
  return useCallback(
    (to, options = {}) => {
      const search = router.state.location.searchStr
      const href = options.plain ? to : withScope(to, search)
      const [path = '/', text = ''] = href.split('?')
      void navigate({
        to: path,
        search: Object.fromEntries(new URLSearchParams(text)),
        replace: options.replace ?? false,
      })
    },
    [navigate, router],
  )
}

/** A value of the path: `const id = useParam('id')` on `/alerts/$id`. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  return params[name] ?? ''
}

/** One name of the search text and how to set it; undefined takes it away. */
export function useSearchValue(name: string): [string | undefined, (value: string | undefined) => void] {
  const { search } = useAddress()
  const set = useSearchValues()
  const value = new URLSearchParams(search).get(name) ?? undefined
  return [value, useCallback((next) => set({ [name]: next }), [name, set])]
}

/** Sets several names of the search text at once, without a new entry in the history. */
export function useSearchValues(): (values: Readonly<Record<string, string | undefined>>) => void {
  const navigate = useNavigate()
  const router = useRouter()
  return useCallback(
    (values) => {
      const location = router.state.location
      const next = new URLSearchParams(location.searchStr)
      for (const [name, value] of Object.entries(values)) {
        if (value === undefined || value === '') next.delete(name)
        else next.set(name, value)
      }
      void navigate({ to: location.pathname, search: Object.fromEntries(next), replace: true })
    },
    [navigate, router],
  )
}

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>

/** A link inside the app. `plain` leaves the scope behind. */
export function Go({
  to,
  plain,
  children,
  onClick,
  ...rest
}: AnchorProps & { to: string; plain?: boolean; children?: ReactNode }) {
  const { search } = useAddress()
  const go = useGo()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    go(to, { plain: plain ?? false })
  }
  return (
    <a {...rest} href={plain ? to : withScope(to, search)} onClick={follow}>
      {children}
    </a>
  )
}
