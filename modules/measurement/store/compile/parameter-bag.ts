/** Hands out placeholders; the same value of the same type shares one. No name or value of a user ever enters the text. */
import type { ParameterValue } from '#platform/measurements/parameters'

export type Bag = (type: string, value: ParameterValue) => string

export function parameterBag(): { readonly bag: Bag; readonly parameters: Record<string, ParameterValue> } {
  const parameters: Record<string, ParameterValue> = {}
  const names = new Map<string, string>()
  const bag: Bag = (type, value) => {
    const key = `${type} ${JSON.stringify(value)}`
    const name = names.get(key) ?? `p${names.size}`
    names.set(key, name)
    parameters[name] = value
    return `{${name}:${type}}`
  }
  return { bag, parameters }
}
