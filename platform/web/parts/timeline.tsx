/** What happened, by whom, with which words: newest first. */
import type { ReactNode } from 'react'
import { type Status, StatusShape } from './status-mark.tsx'
import './timeline.css'
import { When } from './when.tsx'

export interface TimelineEntry {
  readonly at: string
  readonly what: ReactNode
  readonly by?: ReactNode
  readonly remark?: ReactNode
  readonly status?: Status
}

export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {entries.toReversed().map((entry, index) => (
        <li key={`${entry.at} ${index}`}>
          <StatusShape status={entry.status ?? 'blue'} size={11} />
          <div>
            <div className="row">
              <strong>{entry.what}</strong>
              {entry.by !== undefined && <span>{entry.by}</span>}
              <span className="muted small">
                <When at={entry.at} exact />
              </span>
            </div>
            {entry.remark !== undefined && entry.remark !== null && entry.remark !== '' && (
              <p className="timeline-remark">{entry.remark}</p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
