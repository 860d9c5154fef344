/** Sends a file to the server and tells how far it is. */
import { useCallback, useRef, useState } from 'react'
import { z } from 'zod'
import { problemError } from '../api.ts'

const uploaded = z.object({ file: z.string(), name: z.string(), sizeBytes: z.number() })
export type Uploaded = z.infer<typeof uploaded>

export interface Upload {
  readonly state: 'idle' | 'sending' | 'done' | 'failed'
  readonly name: string
  readonly sentBytes: number
  readonly totalBytes: number
  readonly error: unknown
  readonly answer: Uploaded | undefined
  readonly send: (file: File) => void
  readonly stop: () => void
}

const IDLE = { state: 'idle', name: '', sentBytes: 0, totalBytes: 0, error: null, answer: undefined } as const

/** `XMLHttpRequest`, because `fetch` does not tell how much of a body has left. */
export function useUpload(onDone?: (answer: Uploaded) => void): Upload {
  const [progress, setProgress] = useState<Omit<Upload, 'send' | 'stop'>>(IDLE)
  const running = useRef<XMLHttpRequest | null>(null)
  const send = useCallback(
    (file: File) => {
      const request = new XMLHttpRequest()
      running.current = request
      const start = { ...IDLE, state: 'sending' as const, name: file.name, totalBytes: file.size }
      setProgress(start)
      const fail = (error: unknown) => setProgress({ ...start, state: 'failed', error })
      request.open('POST', `/api/files?name=${encodeURIComponent(file.name)}`)
      request.setRequestHeader('content-type', 'application/octet-stream')
      request.upload.onprogress = (event) => setProgress({ ...start, sentBytes: event.loaded })
      request.onerror = () => fail(new TypeError('the line broke'))
      request.onload = () => {
        let body: unknown = null
        try {
          body = JSON.parse(request.responseText)
        } catch {
          // Not ours: the status alone tells.
        }
        const read = uploaded.safeParse(body)
        if (request.status >= 400 || !read.success) return fail(problemError(body, request.status))
        setProgress({ ...start, state: 'done', sentBytes: file.size, answer: read.data })
        onDone?.(read.data)
      }
      request.send(file)
    },
    [onDone],
  )
  const stop = useCallback(() => {
    running.current?.abort()
    setProgress(IDLE)
  }, [])
  return { ...progress, send, stop }
}
