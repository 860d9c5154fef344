/** The answer where data allow none: `because` for programs, `detail` for people. */
export interface Cannot<Because extends string> {
  kind: 'cannot'
  because: Because
  detail: string
}
