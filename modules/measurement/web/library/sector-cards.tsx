import { Button, Progress } from 'antd'
import type { Library, Sector } from '#measurement/contract'
import { useSay } from '#platform/web/language.tsx'
import { useMay } from '#platform/web/session.ts'
import { words as all } from '../../words.ts'

const words = all.library

export function SectorCards(props: {
  library: Library
  chosen: string | undefined
  onChoose: (sector: Sector) => void
  onInstall: (sector: Sector) => void
}) {
  const sectors = Object.keys(words.sectors) as Sector[]
  return (
    <div className="library-sectors">
      {sectors.map((sector) => (
        <SectorCard key={sector} sector={sector} {...props} />
      ))}
    </div>
  )
}

const PERCENT = 100

function SectorCard({
  sector,
  library,
  chosen,
  onChoose,
  onInstall,
}: Parameters<typeof SectorCards>[0] & { sector: Sector }) {
  const say = useSay()
  const mayEdit = useMay('indicators.edit')
  const own = library.entries.filter((entry) => entry.sectors.includes(sector))
  const installed = own.filter((entry) => entry.installed).length
  const open = own.length - installed
  return (
    <div className="library-sector">
      <h3>{say(words.sectors[sector])}</h3>
      <span className="muted">{say(words.sectorState, { count: own.length, installed })}</span>
      <Progress
        percent={(PERCENT * installed) / own.length}
        showInfo={false}
        size="small"
        aria-label={say(words.sectorState, { count: own.length, installed })}
      />
      <span className="row">
        {mayEdit && (
          <Button size="small" type="primary" disabled={open === 0} onClick={() => onInstall(sector)}>
            {open === 0 ? say(words.allInstalled) : say(words.installSector, { count: open })}
          </Button>
        )}
        <Button size="small" aria-pressed={chosen === sector} onClick={() => onChoose(sector)}>
          {say(chosen === sector ? words.showAll : words.showSector)}
        </Button>
      </span>
    </div>
  )
}
