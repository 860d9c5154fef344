/** Judgements and what follows from them, with two decimals in every language: columns of them are read downwards. */
export const hundredths = (value: number): string => value.toFixed(2).replace('-', '−')

export function signedHundredths(value: number): string {
  const text = hundredths(value)
  return Number(value.toFixed(2)) === 0 ? hundredths(0) : value > 0 ? `+${text}` : text
}
