/** What was frozen at approval, with its fingerprint computed again in the reader's own browser. */
import { useQuery } from '@tanstack/react-query'
import type { Design, Proof } from '#verification/contract'
import { dayName } from '#platform/web/calendar.ts'
import { floorWords } from '#platform/web/floor-words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Facts, Section } from '#platform/web/page/page-frame.tsx'
import { StatusMark } from '#platform/web/parts/status-mark.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { robust } from '../words/robust.ts'
import { words } from '../words.ts'
import { sizeText } from './verdict-text.ts'

const text = words.design

export function FrozenDesign({ proof }: { proof: Proof }) {
  const say = useSay()
  const { language } = useLanguage()
  const { design, unit } = proof
  const day = (value: string) => dayName(value, language)
  const errorRate = `${formatNumber(100 * design.errorRate, language)}%`
  return (
    <Section title={say(words.page.design)} lead={say(words.page.designLead)}>
      <Facts
        rows={[
          [
            say(text.indicator),
            say(text.indicatorVersion, { title: say(proof.indicatorTitle), version: design.indicatorVersion }),
          ],
          [say(text.entity), design.entity.name],
          [say(text.direction), say(design.direction === 'higher-is-better' ? text.higher : text.lower)],
          [say(text.grain), say(floorWords.grain[design.grain])],
          [say(text.baseline), say(text.baselineText, { from: day(design.baselineFrom) })],
          [say(text.intervention), day(design.interventionOn)],
          [say(text.ends), day(design.endsOn)],
          [say(text.smallest), sizeText(design.smallestEffect, unit, language)],
          [
            say(text.season),
            design.seasonPeriods === 0
              ? say(text.seasonNone)
              : say(text.seasonPeriods, { count: design.seasonPeriods }),
          ],
          [say(text.errorRate), say(text.errorRateText, { percent: errorRate })],
          [say(text.method), say(robust.method[design.method])],
          ...(design.comparison.length > 0
            ? [
                [
                  say(text.comparison),
                  proof.comparison.map(({ name }) => name).join(language === 'zh' ? '、' : ', '),
                ] as const,
              ]
            : []),
          [say(text.margin), `±${sizeText(design.equivalenceMargin, unit, language)}`],
          ...(design.runUpPeriods > 0
            ? [[say(text.runUp), say(text.runUpText, { count: design.runUpPeriods })] as const]
            : []),
          [say(text.stopRule), say(text.stopRuleText)],
          ...(design.watchPeriods > 0
            ? [[say(text.watch), say(text.watchText, { count: design.watchPeriods })] as const]
            : []),
          [say(text.frozenAt), <When key="frozen" at={design.frozenAt} exact />],
          [say(text.revision), design.planRevision],
          [say(text.sha256), <Fingerprint key="sha256" design={design} />],
        ]}
      />
    </Section>
  )
}

function Fingerprint({ design }: { design: Design }) {
  const say = useSay()
  const again = useQuery({
    queryKey: ['fingerprint', design.id, design.sha256],
    queryFn: () => fingerprintOf(design),
    // Browsers compute hashes on secure pages only.
    enabled: globalThis.crypto?.subtle !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <span className="fingerprint">{design.sha256}</span>
      {again.data !== undefined && (
        <div>
          {again.data === design.sha256 ? (
            <StatusMark status="green" word={say(text.sha256Same)} />
          ) : (
            <StatusMark status="red" word={say(text.sha256Other)} />
          )}
        </div>
      )}
      <div className="muted small">{say(text.sha256Why)}</div>
    </>
  )
}

/** The frozen content as the server hashes it: the entity by its key, without what is shown beside it. */
async function fingerprintOf(design: Design): Promise<string> {
  const { id: _id, planTitle: _title, sha256: _hash, state: _state, entity, ...frozen } = design
  const content: Record<string, unknown> = { ...frozen, entityKey: entity.key }
  const ordered = Object.fromEntries(Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const bytes = new TextEncoder().encode(JSON.stringify(ordered))
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
