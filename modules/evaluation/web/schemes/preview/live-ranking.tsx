/** The ranking beside the editor: rank before and now, stars, who enters and leaves the top, and what of it is more than chance. */
import { Button, Segmented, Select, Tooltip } from 'antd'
import { useMemo, useState } from 'react'
import { addPeriods, periodName, startOfPeriod, today } from '#platform/web/calendar.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatPlain } from '#platform/web/numbers.ts'
import { Empty, ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { floorWords } from '#platform/web/floor-words.ts'
import type { Grain } from '#platform/contract'
import { schemeWords } from '../../../words/schemes.ts'
import { useEditorState } from '../state/use-editor.ts'
import { type Move, type Moves, movesOf } from './moves.ts'
import { TopLine } from './top-line.tsx'
import { useMarks } from '../punctuation.ts'

const words = schemeWords.preview
const ROWS_STEP = 60
const PERIODS_OFFERED = 24

export function useMoves(): Moves | null {
  const { preview, draft } = useEditorState()
  const { rows, compared } = preview
  const { topShare } = draft.certainty
  return useMemo(() => (rows ? movesOf(compared, rows, topShare) : null), [rows, compared, topShare])
}

/** `bare`: inside something that has a frame and a title already. */
export function LiveRanking({ bare = false }: { bare?: boolean }) {
  const say = useSay()
  const moves = useMoves()
  return (
    <section className={bare ? 'live-bare' : 'section live-ranking'} aria-label={say(words.title)}>
      <div className="section-head">
        {!bare && <h2>{say(words.title)}</h2>}
        <PeriodChoice />
      </div>
      <Body moves={moves} />
      <Progress />
    </section>
  )
}

/** What is being done, or how long the last answer took. */
function Progress() {
  const say = useSay()
  const { preview } = useEditorState()
  const { inputs, milliseconds } = preview
  const text = preview.reading
    ? say(words.reading)
    : preview.behind
      ? say(words.calculating)
      : inputs && milliseconds !== null
        ? say(words.took, { units: inputs.units.length, milliseconds: Math.max(1, Math.round(milliseconds)) })
        : ''
  return <p className="muted small live-progress">{text}</p>
}

function Body({ moves }: { moves: Moves | null }) {
  const say = useSay()
  const { preview } = useEditorState()
  if (preview.error) return <ProblemNotice error={preview.error} />
  if (preview.scorable === null && moves === null)
    return <Empty title={say(words.nothing)} why={say(words.nothingWhy)} />
  if (moves === null) return <Waiting rows={8} />
  if (moves.rows.length === 0) return <Empty title={say(words.noUnits)} why={say(words.noUnitsWhy)} />
  return (
    <div className={preview.behind && preview.scorable === null ? 'paused' : ''}>
      {preview.scorable === null && <p className="issue-warning small">{say(words.paused)}</p>}
      <Versus />
      <TopLine moves={moves} />
      <Rows moves={moves} />
    </div>
  )
}

function PeriodChoice() {
  const say = useSay()
  const { language } = useLanguage()
  const { period, draft } = useEditorState()
  const { grain, periodStart, choose } = period
  const last = startOfPeriod(today(), grain)
  const offered = Array.from({ length: PERIODS_OFFERED }, (_unused, back) => addPeriods(last, grain, -back))
  const options = [...new Set([...offered, periodStart])].map((day) => ({
    value: day,
    label: periodName(day, grain, language),
  }))
  return (
    <span className="row">
      {draft.grains.length > 1 && (
        <Select<Grain>
          size="small"
          value={grain}
          aria-label={say(words.grain)}
          options={draft.grains.map((one) => ({ value: one, label: say(floorWords.grain[one]) }))}
          onChange={(next) => choose(addPeriods(startOfPeriod(today(), next), next, -1), next)}
          popupMatchSelectWidth={false}
        />
      )}
      <Select<string>
        size="small"
        value={periodStart}
        aria-label={say(words.period)}
        options={options}
        onChange={(day) => choose(day, grain)}
        popupMatchSelectWidth={false}
      />
    </span>
  )
}

/** What the ranking is compared with, and how to compare with something else. */
function Versus() {
  const say = useSay()
  const { preview, base } = useEditorState()
  const name = preview.unpin
    ? say(words.versusPin)
    : base
      ? say(words.versusVersion, { version: base.version })
      : say(words.versusFirst)
  return (
    <div className="versus row spread small">
      <span className="muted">{say(words.versus, { name })}</span>
      <span className="row">
        {preview.unpin && (
          <Button size="small" type="link" onClick={preview.unpin}>
            {say(words.unpin)}
          </Button>
        )}
        <Button size="small" type="link" onClick={preview.pin}>
          {say(words.pin)}
        </Button>
      </span>
    </div>
  )
}

const moves = (move: Move) => move.by !== 0 || move.row.stars !== move.starsBefore

function Rows({ moves: all }: { moves: Moves }) {
  const say = useSay()
  const [only, setOnly] = useState<'all' | 'moved'>('all')
  const [limit, setLimit] = useState(ROWS_STEP)
  const rows = only === 'moved' ? all.rows.filter(moves) : all.rows
  const left = rows.length - limit
  return (
    <>
      <Segmented<'all' | 'moved'>
        size="small"
        aria-label={say(words.show.label)}
        value={only}
        onChange={setOnly}
        options={[
          { value: 'all', label: say(words.show.all) },
          { value: 'moved', label: say(words.show.moved) },
        ]}
      />
      {rows.length === 0 && <p className="muted small live-none">{say(words.still)}</p>}
      <ol className="live-rows">
        {rows.slice(0, limit).map((move) => (
          <Row key={move.row.entity.key} move={move} topCount={all.topCount} />
        ))}
      </ol>
      {left > 0 && (
        <Button size="small" onClick={() => setLimit(limit + ROWS_STEP)}>
          {say(words.more, { count: Math.min(ROWS_STEP, left) })}
        </Button>
      )}
    </>
  )
}

function Row({ move, topCount }: { move: Move; topCount: number }) {
  const say = useSay()
  const { language } = useLanguage()
  const { row } = move
  const lastOfTop = row.rank !== null && row.rank === topCount
  return (
    <li className={`${row.rank === null ? 'unranked' : ''} ${lastOfTop ? 'last-of-top' : ''}`}>
      <span className="live-rank number">{row.rank ?? '—'}</span>
      <MoveMark move={move} />
      <span className="live-name">
        <span className="live-title">{row.entity.name}</span>
        {(move.top === 'enters' || move.top === 'leaves') && (
          <span className="small live-top">{say(move.top === 'enters' ? words.entersTop : words.leavesTop)}</span>
        )}
        {row.notRankedBecause && <span className="small muted">{say(schemeWords.why[row.notRankedBecause])}</span>}
      </span>
      <StarsMark move={move} />
      <span className="live-score number">
        {row.composite === null ? '' : formatPlain(row.composite, 'points', language)}
      </span>
    </li>
  )
}

function MoveMark({ move }: { move: Move }) {
  const say = useSay()
  const { comma } = useMarks()
  const { by, rankBefore, withinChance } = move
  if (by === 0) return <span className="live-move" />
  if (by === null) {
    const text = rankBefore === null ? say(words.beforeNone) : say(words.before, { rank: rankBefore })
    return <span className="live-move muted small">{move.row.rank === rankBefore ? '' : text}</span>
  }
  const told = say(by > 0 ? words.upBy : words.downBy, { by: Math.abs(by) })
  const why = withinChance ? say(words.chanceWhy) : say(words.beyond)
  return (
    <Tooltip title={`${say(words.before, { rank: rankBefore })} · ${why}`}>
      <span className={`live-move number small ${withinChance ? 'chance' : by > 0 ? 'up' : 'down'}`}>
        <span aria-hidden="true">
          {by > 0 ? '▲' : '▼'}
          {Math.abs(by)}
        </span>
        <span className="only-read">
          {[told, say(words.before, { rank: rankBefore }), say(withinChance ? words.chance : words.beyond)].join(comma)}
        </span>
        {withinChance && <span aria-hidden="true">≈</span>}
      </span>
    </Tooltip>
  )
}

function StarsMark({ move }: { move: Move }) {
  const say = useSay()
  const { row, starsBefore } = move
  if (row.stars === null) return <span className="live-stars" />
  const changed = starsBefore !== null && starsBefore !== row.stars
  const note = row.cappedBy ? words.capped : row.starsHeld ? words.held : null
  const why = row.cappedBy ? say(words.cappedWhy) : row.starsHeld ? say(words.heldWhy) : ''
  const told = changed
    ? say(words.starsChange, { before: starsBefore, now: row.stars })
    : say(words.starsAre, { count: row.stars })
  return (
    <Tooltip title={why === '' ? told : `${told} · ${why}`}>
      <span className={`live-stars ${changed ? 'changed' : ''}`}>
        <span aria-hidden="true">
          {note && <span className="muted small">{say(note)} </span>}
          <span className="number">{changed ? `${starsBefore}→${row.stars}` : row.stars}★</span>
        </span>
        <span className="only-read">
          {told} {why}
        </span>
      </span>
    </Tooltip>
  )
}
