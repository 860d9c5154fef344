import { expect, test } from 'vitest'
import { amend, beginHistory, type History, record, redo, undo } from './history.ts'

const typed = (words: readonly string[], about: string | null, from: number, every: number) =>
  words.reduce<History<string>>(
    (history, word, index) => record(history, word, about, from + index * every),
    beginHistory(''),
  )

test('what is typed in one go is one step, a pause begins the next', () => {
  const word = typed(['a', 'ab', 'abc'], 'title', 1000, 300)
  expect(undo(word).present).toBe('')
  const later = record(word, 'abc d', 'title', 10_000)
  expect(undo(later).present).toBe('abc')
  expect(undo(undo(later)).present).toBe('')
})
test('another thing is another step, and so is whatever stands alone', () => {
  const two = record(typed(['a'], 'title', 1000, 0), 'b', 'weight', 1001)
  expect(undo(two).present).toBe('a')
  const alone = record(record(beginHistory('x'), 'y', null, 1), 'z', null, 2)
  expect(undo(alone).present).toBe('y')
})
test('undone steps come back until something else is done', () => {
  const done = typed(['a', 'b'], null, 0, 5)
  const back = undo(done)
  expect(redo(back)).toMatchObject({ present: 'b', future: [] })
  expect(redo(record(back, 'c', null, 20)).present).toBe('c')
  expect(undo(record(undo(done), 'c', null, 20)).present).toBe('a')
})
test('after undoing, the next change is a step of its own', () => {
  const back = undo(typed(['a', 'b'], 'title', 1000, 2000))
  expect(undo(record(back, 'ax', 'title', 3001)).present).toBe('a')
})
test('nothing to undo or redo changes nothing; the same again is no step', () => {
  const begun = beginHistory('x')
  expect([undo(begun), redo(begun), record(begun, 'x', 'a', 1)]).toEqual([begun, begun, begun])
})
test('what follows by itself makes no step', () => {
  const followed = amend(record(beginHistory('x'), 'y', null, 1), 'y and z')
  expect([followed.present, undo(followed).present]).toEqual(['y and z', 'x'])
})
test('steps are counted: the oldest go', () => {
  let history = beginHistory(0)
  for (let step = 1; step <= 500; step += 1) history = record(history, step, null, step)
  expect(history.past.length).toBe(200)
})
