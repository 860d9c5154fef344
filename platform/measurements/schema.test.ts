import { expect, test } from 'vitest'
import { measurementMigrations } from '../../migrations/measurements/first.ts'

const rendered = (size: 'embedded' | 'cluster') =>
  measurementMigrations(size).flatMap((migration) => migration.statements)

test('the cluster differs from the embedded size in engines, ON CLUSTER and Distributed tables only', () => {
  const folded = rendered('cluster')
    .filter((statement) => !statement.includes('ENGINE = Distributed'))
    .map((statement) =>
      statement
        .replaceAll(" ON CLUSTER '{cluster}'", '')
        .replaceAll(/Replicated(\w*)\('[^']*', '[^']*'(?:, )?/g, '$1(')
        .replaceAll(/(bihuan\.\w+?)_shard\b/g, '$1'),
    )
  expect(folded).toEqual(rendered('embedded'))
})

test('every table of the cluster has a Distributed one before it, sharded by organisation and entity', () => {
  const distributed = rendered('cluster').filter((statement) => statement.includes('ENGINE = Distributed'))
  const shards = rendered('cluster').filter(
    (statement) => statement.includes('_shard ON CLUSTER') && statement.includes('Replicated'),
  )
  expect(distributed).toHaveLength(shards.length)
  for (const statement of distributed) expect(statement).toMatch(/sipHash64\(organisation, (entity|subject)\)\)$/)
})

test('every time has its zone, and every table its window against repeated inserts', () => {
  for (const statement of rendered('embedded').slice(1)) {
    expect(statement).not.toMatch(/DateTime(?!64\(\d, 'UTC'\))/)
    expect(statement).toContain('non_replicated_deduplication_window = 1000')
    // What can be made again from the events need not survive a pulled plug.
    const remade = /bihuan\.(fact_day|fact_month|recent_event) /.test(statement)
    expect(statement).toContain(`fsync_after_insert = ${remade ? 0 : 1}`)
  }
})
