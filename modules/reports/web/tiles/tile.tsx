/** One tile of a dashboard, by what it shows. */
import { useQuery } from '@tanstack/react-query'
import { memo, useRef } from 'react'
import { type Say, useSay } from '#platform/web/language.tsx'
import { useIndicators } from '#platform/web/parts/pickers.tsx'
import { useMay } from '#platform/web/session.ts'
import type { Tile, TileShow } from '#reports/contract'
import { words as all } from '../../words.ts'
import { evaluation } from '../api.ts'
import { ComparisonTile, SeriesTile } from './chart-tiles.tsx'
import { AlertsTile, PlansTile } from './desk-tiles.tsx'
import { FigureTile } from './figure-tile.tsx'
import { ClockTile, TextTile } from './note-tiles.tsx'
import { RankingTile } from './ranking-tile.tsx'
import { useNear, useSurroundings } from './surroundings.ts'
import { TableTile } from './table-tile.tsx'
import { TileWaiting } from './tile-frame.tsx'
import './tiles.css'

const words = all.tile

/** What a tile is called: by its own title, else by what it shows. */
export function useTileTitle(): (tile: Pick<Tile, 'title' | 'show'>) => string {
  const say = useSay()
  const indicators = useIndicators()
  const may = useMay('evaluation.read')
  const schemes = useQuery({ ...evaluation.listSchemes.queryOptions(), enabled: may })
  return (tile) => {
    if (tile.title) return say(tile.title)
    const named = (id: string) => {
      const found = indicators?.find((one) => one.id === id)
      return found ? say(found.title) : id
    }
    const scheme = (id: string) => {
      const found = schemes.data?.find((one) => one.id === id)
      return found ? say(found.title) : say(words.kind.ranking)
    }
    return usualTitle(tile.show, say, named, scheme)
  }
}

function usualTitle(show: TileShow, say: Say, named: (id: string) => string, scheme: (id: string) => string): string {
  if (show.kind === 'figure' || show.kind === 'series') return named(show.indicator)
  if (show.kind === 'comparison') return say(words.compared, { indicator: named(show.indicator) })
  if (show.kind === 'table') return say(words.matrix)
  if (show.kind === 'ranking') return scheme(show.scheme)
  return say(words.kind[show.kind])
}

export const TileView = memo(function TileView({ tile }: { tile: Tile }) {
  const place = useRef<HTMLDivElement>(null)
  const { place: where } = useSurroundings()
  const near = useNear(place)
  const title = useTileTitle()(tile)
  return (
    <section ref={place} className={`tile tile-of-${tile.show.kind}`} aria-label={title} data-tile={tile.id}>
      {near || where === 'wall' ? <Shown tile={tile} title={title} /> : <TileWaiting />}
    </section>
  )
})

function Shown({ tile, title }: { tile: Tile; title: string }) {
  const { show } = tile
  switch (show.kind) {
    case 'figure':
      return <FigureTile tile={tile} show={show} title={title} />
    case 'series':
      return <SeriesTile tile={tile} show={show} title={title} />
    case 'comparison':
      return <ComparisonTile tile={tile} show={show} title={title} />
    case 'table':
      return <TableTile tile={tile} show={show} title={title} />
    case 'ranking':
      return <RankingTile tile={tile} show={show} title={title} />
    case 'alerts':
      return <AlertsTile tile={tile} show={show} title={title} />
    case 'plans':
      return <PlansTile tile={tile} title={title} />
    case 'text':
      return <TextTile show={show} title={title} />
    case 'clock':
      return <ClockTile title={title} />
  }
}
