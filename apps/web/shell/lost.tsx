/** No such page, and a page that failed: both say the way out. */
import { Button } from 'antd'
import { floorWords } from '#platform/web/floor-words.ts'
import { useSay } from '#platform/web/language.tsx'
import { Empty } from '#platform/web/page/states.tsx'
import { Go } from '#platform/web/router.tsx'

const words = floorWords.state

export function NotFound() {
  const say = useSay()
  return (
    <div className="page">
      <Empty title={say(words.notFound)} why={say(words.notFoundWhy)} begin={<Go to="/">{say(words.home)}</Go>} />
    </div>
  )
}

export function Crashed() {
  const say = useSay()
  return (
    <div className="page">
      <Empty
        title={say(words.crashed)}
        why={say(words.crashedWhy)}
        begin={
          <Button type="primary" onClick={() => location.reload()}>
            {say(words.tryAgain)}
          </Button>
        }
      />
    </div>
  )
}
