/** The reader's own pins. */
import { PushpinFilled, PushpinOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.explore

export const usePins = (): readonly string[] => useQuery(measurement.listPins.queryOptions()).data ?? []

export function PinButton({ id, bare = false }: { id: string; bare?: boolean }) {
  const say = useSay()
  const pinned = usePins().includes(id)
  const act = useAct(() => (pinned ? measurement.unpinIndicator : measurement.pinIndicator).call({ id }), {
    refresh: ['measurement'],
  })
  const name = say(pinned ? words.unpin : words.pin)
  return (
    <Button
      type={bare ? 'text' : 'default'}
      {...(bare ? { size: 'small' as const } : {})}
      aria-pressed={pinned}
      aria-label={name}
      title={name}
      loading={act.busy}
      icon={pinned ? <PushpinFilled /> : <PushpinOutlined />}
      onClick={() => act.run(undefined)}
    >
      {bare ? null : say(pinned ? words.pinned : words.pin)}
    </Button>
  )
}
