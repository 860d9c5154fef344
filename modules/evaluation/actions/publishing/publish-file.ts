/** At publication: the units as they are from now on, and the signed file anybody can calculate them again from. */
import { createHash } from 'node:crypto'
import { readProfile } from '#organisation/actions/look-up'
import type { Context } from '#platform/context'
import type { Files } from '#platform/files/files'
import type { Signer } from '#platform/signing/signer'
import { canonicalText } from '#platform/text/canonical-text'
import { scoreFile } from '../../rules/publishing/score-file.ts'
import { toPublished } from '../../rules/publishing/withheld.ts'
import { insertUnits, type PublicationRow as Row } from '../../store/publishing/publications.ts'
import { type FrozenPeriod, type FrozenScore, loadFrozen, toldFrozenScores } from './frozen.ts'

export interface PublishingParts {
  readonly signer: Signer
  /** Where signed files are kept. */
  readonly files: Files
}

export async function writeFile(
  { signer, files }: PublishingParts,
  context: Context,
  row: Row,
): Promise<{ name: string; sizeBytes: number; sha256: string }> {
  const frozen = await loadFrozen(context, row.run, row.periodStart.toString())
  const scores = await toldFrozenScores(context, frozen)
  await keepUnits(context, row, scores)
  const content = await contentOf(context, row, frozen, scores)
  const text = canonicalText(await signer.signed(context, content))
  const suffix = row.track === 'main' ? '' : '-overlap'
  const name = `${row.scheme}-${row.grain}-${row.periodStart.toString()}${suffix}.json`
  const kept = await files.receive(context.organisation, name, once(Buffer.from(text, 'utf8')))
  return { name, sizeBytes: kept.sizeBytes, sha256: kept.file }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function contentOf(context: Context, row: Row, frozen: FrozenPeriod, scores: readonly FrozenScore[]) {
  const { scheme, run, basis, indicators, summary, periodStart } = frozen
  const { version, adoption, state: _state, createdAt, createdBy: _by, adoptedAt, adoptedBy: _who, ...draft } = scheme
  const { name } = await readProfile(context)
  return scoreFile({
    organisation: { id: context.organisation, name },
    publication: {
      id: row.id,
      publishedAt: context.now.toString(),
      track: row.track,
      corrects: row.corrects,
      reason: row.reason,
    },
    scheme: { version, createdAt, adoptedAt, adoption, draft },
    grain: row.grain,
    periodStart,
    run: {
      id: run.id,
      kind: run.kind,
      baseRun: row.baseRun,
      at: run.at.toString(),
      codeVersion: run.codeVersion,
      seed: run.seed,
    },
    basis,
    indicators,
    summary,
    units: scores,
    adjustments: row.adjustments,
  })
}

async function keepUnits(context: Context, row: Row, scores: readonly FrozenScore[]): Promise<void> {
  const units = scores.map(({ kept, score }, index) => {
    const { number, key, name } = kept.entity
    const shown = toPublished(score)
    const { peerGroup, composite, stars } = shown
    const code = codeOf(row.id, key, stars)
    return {
      publication: row.id,
      place: index + 1,
      entity: number,
      key,
      name,
      peerGroup,
      composite,
      stars,
      code,
      score: shown,
    }
  })
  await insertUnits(context, units)
}

/** Letters and digits that nobody confuses when reading them from paper (Crockford's base 32). */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_BYTES = 12

/** Of publication, unit and stars: twelve letters in groups of four. Whoever types them gets to see what was published. */
function codeOf(publication: string, key: string, stars: number | null): string {
  const hash = createHash('sha256')
    .update(canonicalText([publication, key, stars]))
    .digest()
  const letters = Array.from(hash.subarray(0, CODE_BYTES), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]!)
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1-')
}
