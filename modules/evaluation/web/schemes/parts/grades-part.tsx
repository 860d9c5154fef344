/** Stars and the experience score: where borders lie, and how many units have each grade as it stands. */
import { Button } from 'antd'
import { useMemo } from 'react'
import type { Grades } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatNumber } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { rulesWords } from '../../../words/scheme-rules.ts'
import { starsCounted } from '../preview/moves.ts'
import { giveWay, withOneLess, withOneMore } from '../state/give-way.ts'
import { useEditorState } from '../state/use-editor.ts'
import { freshBands } from '../state/writing.ts'
import { type Corner, Curve } from '../tree/curve.tsx'
import { Choice, NumberField } from '#platform/web/form/fields.tsx'
import { Field, ShareField } from './fields.tsx'
import { nth } from '../state/nth.ts'

const words = rulesWords.grades
type Bands = Grades['bands']
const STARS_MOST = 5
const SCORE = { from: 0, to: 100 } as const

const gradesIn = (bands: Bands) =>
  bands.kind === 'fixed' ? bands.from.length + 1 : bands.kind === 'quantile' ? bands.shares.length : bands.count

export function GradesPart() {
  return (
    <>
      <StarsSection />
      <ExperienceSection />
    </>
  )
}

/** Composites of all ranked units, as they stand. */
function useComposites(): readonly number[] {
  const { rows } = useEditorState().preview
  return useMemo(() => (rows ?? []).flatMap((row) => row.composite ?? []), [rows])
}

function StarsSection() {
  const say = useSay()
  const { draft, patch } = useEditorState()
  const { grades } = draft
  const { bands } = grades
  const put = (next: Bands, about: string | null = null) => patch({ grades: { ...grades, bands: next } }, about)
  return (
    <Section title={say(words.title)}>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Field field="grades.bands" label={words.bands} width={220}>
          {(id) => (
            <Choice id={id} value={bands.kind} options={words.kinds} onChange={(kind) => put(freshBands(kind))} />
          )}
        </Field>
        <Field field="grades.hysteresisPoints" label={words.hysteresis} width={220} help={say(words.hysteresisWhy)}>
          {(id) => (
            <NumberField
              id={id}
              value={grades.hysteresisPoints}
              min={0}
              max={20}
              step={0.5}
              onChange={(next) => patch({ grades: { ...grades, hysteresisPoints: next ?? 0 } }, 'hysteresis')}
            />
          )}
        </Field>
        <p className="muted small transform-why">{say(words.why[bands.kind])}</p>
      </div>
      <BandFields bands={bands} onChange={put} />
      <StarsNow bands={bands} onChange={put} />
    </Section>
  )
}

interface BandProps {
  readonly bands: Bands
  readonly onChange: (bands: Bands, about?: string | null) => void
}

function BandFields({ bands, onChange }: BandProps) {
  const say = useSay()
  const grades = gradesIn(bands)
  const resize = (by: 1 | -1) => onChange(resized(bands, by))
  return (
    <div className="row bands">
      {bands.kind === 'fixed' &&
        bands.from.map((from, place) => (
          <label key={place} className="plain-number">
            <span>{say(words.border, { stars: place + 2 })}</span>
            <NumberField
              value={from}
              label={say(words.border, { stars: place + 2 })}
              min={0}
              max={100}
              width={96}
              onChange={(next) => {
                if (next !== null) onChange({ ...bands, from: bands.from.with(place, next) }, `border ${place}`)
              }}
            />
          </label>
        ))}
      {bands.kind === 'quantile' &&
        bands.shares.map((share, place) => (
          <label key={place} className="plain-number">
            <span>{say(words.share, { stars: place + 1 })}</span>
            <ShareField
              value={share}
              label={say(words.share, { stars: place + 1 })}
              min={0.01}
              width={96}
              onChange={(to) =>
                onChange({ ...bands, shares: giveWay(bands.shares, place, to, new Set()) }, `share ${place}`)
              }
            />
          </label>
        ))}
      <span className="row">
        <Button size="small" disabled={grades >= STARS_MOST} onClick={() => resize(1)}>
          {say(words.add)}
        </Button>
        <Button size="small" disabled={grades <= 2} onClick={() => resize(-1)}>
          {say(words.less)}
        </Button>
      </span>
    </div>
  )
}

function resized(bands: Bands, by: 1 | -1): Bands {
  switch (bands.kind) {
    case 'fixed': {
      if (by === -1) return { ...bands, from: bands.from.slice(0, -1) }
      const last = bands.from.at(-1) ?? 50
      return { ...bands, from: [...bands.from, Math.min(100, last + (100 - last) / 2)] }
    }
    case 'quantile': {
      const { shares } = bands
      const next = by === 1 ? withOneMore(shares, shares.length) : withOneLess(shares, shares.length - 1)
      return { ...bands, shares: next }
    }
    case 'k-means':
      return { ...bands, count: bands.count + by }
  }
}

/** Fixed borders can be dragged over the scores of today; of the others the scores that earn each grade are shown. */
function StarsNow({ bands, onChange }: BandProps) {
  const say = useSay()
  const { language } = useLanguage()
  const { preview } = useEditorState()
  const composites = useComposites()
  const counted = starsCounted(preview.rows ?? [], gradesIn(bands))
  const borders = bands.kind === 'fixed' ? bands.from : counted.slice(1).flatMap(({ from }) => from ?? [])
  if (!preview.rows) return null
  const ordered = borders.every((from, place) => place === 0 || from > nth(borders, place - 1))
  return (
    <>
      <Curve
        title={say(words.distribution)}
        x={SCORE}
        y={{ from: 1, to: STARS_MOST, ticks: [1, 2, 3, 4, 5], step: 1 }}
        formatX={(value) => formatNumber(value, language, 0)}
        values={composites}
        line={ordered ? stairsOf(borders) : []}
        marks={borders}
        {...(bands.kind === 'fixed' && ordered
          ? {
              corners: bands.from.map((from, place): Corner => [from, place + 2]),
              cornerLabel: (place: number, [from]: Corner) =>
                `${say(words.border, { stars: place + 2 })} ${formatNumber(from, language, 1)}`,
              onChange: (corners: Corner[], about: string) =>
                onChange({ ...bands, from: corners.map(([from]) => from) }, about),
              fewest: bands.from.length,
              most: bands.from.length,
              within: SCORE,
            }
          : {})}
      />
      <ul className="stars-now">
        {counted.map(({ count, from }, place) => (
          <li key={place}>
            <strong className="number">{say(words.nowCount, { stars: place + 1, count })}</strong>
            {from !== null && bands.kind !== 'fixed' && place > 0 && (
              <span className="muted small"> {say(words.nowFrom, { from: formatNumber(from, language, 1) })}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function stairsOf(borders: readonly number[]): Corner[] {
  const line: Corner[] = [[0, 1]]
  for (const [place, from] of borders.entries()) line.push([from, place + 1], [from, place + 2])
  return [...line, [100, borders.length + 1]]
}

function ExperienceSection() {
  const say = useSay()
  const { language } = useLanguage()
  const { draft, patch } = useEditorState()
  const composites = useComposites()
  const { experience } = draft
  const put = (corners: readonly Corner[], about: string) =>
    patch({ experience: corners.map(([x, y]): [number, number] => [x, y]) }, `experience ${about}`)
  const text = rulesWords.experience
  const line: Corner[] = [[0, nth(experience, 0)[1]], ...experience, [100, nth(experience, experience.length - 1)[1]]]
  return (
    <Section title={say(text.title)} lead={say(text.lead)}>
      <Field field="experience" label={text.experience} deep>
        {() => (
          <Curve
            title={say(text.curve)}
            x={SCORE}
            y={{ from: 1, to: 5, ticks: [1, 2, 3, 4, 5], step: 0.1 }}
            formatX={(value) => formatNumber(value, language, 0)}
            values={composites}
            line={line}
            corners={experience}
            cornerLabel={(place, [value, points]) =>
              say(text.corner, {
                number: place + 1,
                value: formatNumber(value, language, 1),
                points: formatNumber(points, language, 1),
              })
            }
            onChange={put}
            within={SCORE}
            hint={<p className="muted small no-phone">{say(rulesWords.item.cornerHint)}</p>}
          />
        )}
      </Field>
    </Section>
  )
}
