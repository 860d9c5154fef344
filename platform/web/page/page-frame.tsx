/** The frame of every page: where it stands, what it is called, what can be done, and who may see it. */
import { type ReactNode, useEffect } from 'react'
import type { Permission } from '#organisation/contract'
import { Go } from '../router.tsx'
import { useMe } from '../session.ts'
import { NoRight } from './states.tsx'

export interface PageFrameProps {
  readonly title: ReactNode
  /** Title of the browser tab where `title` is not plain text. */
  readonly tabTitle?: string
  readonly lead?: ReactNode
  readonly crumbs?: readonly { readonly title: string; readonly to: string }[]
  readonly actions?: ReactNode
  /** Without this permission the page explains instead of failing. */
  readonly may?: Permission
  /** The scope bar, where the page has one. */
  readonly scope?: ReactNode
  readonly children: ReactNode
}

export function PageFrame(props: PageFrameProps) {
  const me = useMe()
  const tab = props.tabTitle ?? (typeof props.title === 'string' ? props.title : '')
  useEffect(() => {
    document.title = tab === '' ? '闭环 Bihuan' : `${tab} · 闭环`
  }, [tab])
  const allowed = props.may === undefined || (me?.permissions.includes(props.may) ?? false)
  return (
    <article className="page">
      <header className="page-head">
        <div>
          {props.crumbs && props.crumbs.length > 0 && (
            <ol className="page-crumbs">
              {props.crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <Go to={crumb.to}>{crumb.title}</Go>
                </li>
              ))}
            </ol>
          )}
          <h1>{props.title}</h1>
          {props.lead !== undefined && <p className="lead">{props.lead}</p>}
        </div>
        {allowed && props.actions !== undefined && <div className="page-actions">{props.actions}</div>}
      </header>
      {allowed && props.scope}
      {allowed ? props.children : <NoRight permission={props.may ?? ''} />}
    </article>
  )
}

/** A titled part of a page. */
export function Section({
  title,
  lead,
  actions,
  className = '',
  children,
}: {
  title?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  className?: string
  children: ReactNode
}) {
  const headed = title !== undefined || actions !== undefined
  return (
    <section className={`section ${className}`}>
      {headed && (
        <div className="section-head">
          <div>
            {title !== undefined && <h2>{title}</h2>}
            {lead !== undefined && <p className="lead">{lead}</p>}
          </div>
          {actions !== undefined && <div className="row">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}

/** Names and what they are, in two columns. */
export function Facts({ rows }: { rows: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value], index) => (
        // The rows are written in the screen and never move.
        <FactRow key={index} name={name} value={value} />
      ))}
    </dl>
  )
}

function FactRow({ name, value }: { name: ReactNode; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
