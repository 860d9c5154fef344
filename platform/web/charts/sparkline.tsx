/** The way a value went, in the size of a word. Decoration beside the figure it belongs to; the figures are told there. */

export function Sparkline({
  values,
  width = 96,
  height = 24,
}: {
  values: readonly (number | null)[]
  width?: number
  height?: number
}) {
  const known = values.filter((value): value is number => value !== null)
  if (known.length < 2) return <span style={{ display: 'inline-block', width, height }} />
  const min = Math.min(...known)
  const span = Math.max(...known) - min || 1
  const x = (index: number) => 3 + (index * (width - 6)) / Math.max(1, values.length - 1)
  const y = (value: number) => height - 4 - ((value - min) * (height - 8)) / span
  let path = ''
  let pen = 'M'
  values.forEach((value, index) => {
    if (value === null) pen = 'M'
    else {
      path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
      pen = 'L'
    }
  })
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg width={width} height={height} aria-hidden="true" style={{ display: 'block' }}>
      <path d={path} fill="none" stroke="var(--brand)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(last)} cy={y(values[last] ?? min)} r="2.5" fill="var(--brand)" />
    </svg>
  )
}
