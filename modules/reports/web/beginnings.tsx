/** Templates to begin with, each told in a line. */
import { Button } from 'antd'
import { useSay } from '#platform/web/language.tsx'
import { useGo } from '#platform/web/router.tsx'
import { type TemplateName, templateNames } from '../rules/templates.ts'
import { words } from '../words.ts'

export function Beginnings() {
  const say = useSay()
  const go = useGo()
  const start = (template: TemplateName | 'blank' | 'blank-wall') => go(`/dashboards/new?template=${template}`)
  return (
    <section aria-label={say(words.begin.title)}>
      <ul className="beginnings">
        {templateNames.map((name) => (
          <li key={name}>
            <strong>{say(words.template[name].title)}</strong>
            <span className="muted small">{say(words.template[name].why)}</span>
            <Button
              size="small"
              onClick={() => start(name)}
              aria-label={`${say(words.begin.use)} ${say(words.template[name].title)}`}
            >
              {say(words.begin.use)}
            </Button>
          </li>
        ))}
      </ul>
      <p className="row">
        <Button type="link" onClick={() => start('blank')}>
          {say(words.begin.blank)}
        </Button>
        <Button type="link" onClick={() => start('blank-wall')}>
          {say(words.begin.blankWall)}
        </Button>
      </p>
    </section>
  )
}
