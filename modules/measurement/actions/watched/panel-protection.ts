/** Panels without what rests on the answers of few people: a rule that judged it would tell what they said by firing. */
import type { Context } from '#platform/context'
import type { Grain } from '#platform/contract'
import { guardsOf } from '../../reading/protecting/protect.ts'
import { emptyCell, type Panel } from '../../rules/panel.ts'
import { guardedCells } from '../protection-cells.ts'

/** Empties the cells of these panels that may not be told; all have the same rows and columns. Gives what empties them again. */
export async function emptyProtected(context: Context, all: readonly Panel[], grain: Grain): Promise<() => void> {
  const guards = await guardsOf(
    context,
    all.map(({ indicator }) => indicator),
  )
  const panels = all.filter(({ indicator }) => guards.has(indicator.id))
  const [first] = panels
  if (first === undefined) return () => {}
  const { subjects, periods } = first
  const isProtected = await guardedCells(context, guards, {
    grain,
    periods: periods.starts,
    entities: subjects,
  })
  const cells = panels.map(({ indicator }) =>
    subjects.flatMap((entity, row) =>
      periods.starts.flatMap((start, place) =>
        isProtected(indicator.id, entity, start) ? [row * periods.starts.length + place] : [],
      ),
    ),
  )
  const empty = () => {
    for (const [place, panel] of panels.entries()) for (const cell of cells[place]!) emptyCell(panel, cell)
  }
  empty()
  return empty
}
