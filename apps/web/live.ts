/** One stream of news for the whole app: what was announced makes the open screens read again. */
import { useEffect } from 'react'
import { refresh } from '#platform/web/api.ts'

/** Which modules' answers a piece of news makes stale, by the module that announced it. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  organisation: ['organisation'],
  measurement: ['measurement'],
  evaluation: ['evaluation'],
  alerts: ['alerts'],
  plans: ['plans', 'alerts'],
  verification: ['verification', 'plans', 'alerts'],
}
/** News come in bursts; screens read again once after a burst, and at most this often. */
const GATHER_MILLISECONDS = 1_500

export function useLiveNews(signedIn: boolean): void {
  useEffect(() => {
    if (!signedIn) return
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const source = new EventSource('/api/live')
    const tell = () => {
      timer = undefined
      refresh(...stale)
      stale.clear()
    }
    source.addEventListener('news', (message: MessageEvent<string>) => {
      const { name } = JSON.parse(message.data) as { name: string }
      for (const module of CONSEQUENCES[name.split('.')[0] ?? ''] ?? []) stale.add(module)
      timer ??= setTimeout(tell, GATHER_MILLISECONDS)
    })
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [signedIn])
}
