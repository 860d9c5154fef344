import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { textOf } from './worker.ts'

test('tells the chain of causes, and never the parameters of a statement', () => {
  const cause = new Error('duplicate key')
  const error = new DrizzleQueryError('insert into person values ($1)', ['Wang Xiaoming'], cause)
  const text = textOf(new Error('could not save', { cause: error }))
  expect(text).toContain('could not save')
  expect(text).toContain('insert into person')
  expect(text).toContain('duplicate key')
  expect(text).not.toContain('Wang')
  expect(textOf('only words')).toBe("'only words'")
})

test('a chain that runs in a circle ends', () => {
  const error = new Error('round')
  error.cause = error
  expect(textOf(error).match(/round/g)).toHaveLength(5)
})
