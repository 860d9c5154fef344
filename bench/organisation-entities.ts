/** The import of a tree of entities from CSV through the public API, against the same rows written by one hand-made statement per block. */
import { performance } from 'node:perf_hooks'
import { createHash } from 'node:crypto'
import { uploadTo } from '../platform/http/client.ts'
import { openHouse } from '../scenarios/house.ts'
import type { Comparison } from './measurement-store.ts'

const ROWS = { small: 2_000, large: 100_000 } as const
const BLOCK_ROWS = 5_000
const CHILDREN = 20

/** A tree of three levels: regions, outlets, windows. */
function lines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const parent = index === 0 ? '' : `N${Math.floor((index - 1) / CHILDREN)}`
    return `N${index},Node ${index},${index < CHILDREN ? 'region' : 'outlet'},${parent},R${index % 31}`
  })
}

export async function run({ size }: { size: 'small' | 'large' }): Promise<Comparison> {
  const count = ROWS[size]
  const house = await openHouse({ timeZone: 'Asia/Shanghai', start: '2026-03-01' })
  try {
    const rows = lines(count)
    const administrator = await house.as('administrator')
    const headers = { cookie: await house.cookieOf('administrator'), origin: house.address }
    const file = await uploadTo(
      house.address,
      headers,
      'tree.csv',
      new Blob([`key,name,kind,parentKey,region\n${rows.join('\n')}\n`]),
    )
    const began = performance.now()
    const result = await administrator.organisation.importEntities({ file })
    const ours = performance.now() - began

    const { ownerPool } = house.installation.records
    await ownerPool.query(
      'create unlogged table public.by_hand (key text primary key, name text, kind text, parent text, region text)',
    )
    await ownerPool.query('alter table public.by_hand set logged')
    const handBegan = performance.now()
    for (let start = 0; start < rows.length; start += BLOCK_ROWS) {
      const cells = rows.slice(start, start + BLOCK_ROWS).map((line) => line.split(','))
      const columns = [0, 1, 2, 3, 4].map((index) => cells.map((each) => each[index]))
      await ownerPool.query(
        'insert into public.by_hand select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])',
        columns,
      )
    }
    const reference = performance.now() - handBegan
    const answerHash = createHash('sha256')
      .update(JSON.stringify([result.created, result.issues.length]))
      .digest('hex')
      .slice(0, 12)
    return {
      name: `import of ${count} entities from CSV / rows without tree, path or checks`,
      ours,
      reference,
      ratio: ours / reference,
      unit: 'milliseconds',
      answerHash,
    }
  } finally {
    await house.close()
  }
}
