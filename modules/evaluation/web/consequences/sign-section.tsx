/** The sign of stars of a unit as other sites show it, with the code that puts it there. */
import { useQuery } from '@tanstack/react-query'
import { Select, Typography } from 'antd'
import { useState } from 'react'
import type { Consequence } from '#evaluation/contract'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { Section } from '#platform/web/page/page-frame.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { useMe } from '#platform/web/session.ts'
import { consequenceWords } from '../../words/consequences-screens.ts'
import { evaluation } from '../api.ts'

const words = consequenceWords.sign

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

export function SignSection({ rule }: { rule: Consequence }) {
  const say = useSay()
  const { language } = useLanguage()
  const me = useMe()
  const query = useQuery(evaluation.readConsequence.queryOptions({ input: { id: rule.id } }))
  const [chosen, choose] = useState<string>()
  if (!me) return null
  return (
    <Section title={`${say(words.title)} · ${say(rule.title)}`} lead={say(words.embedHint)}>
      <Loaded query={query}>
        {({ content }) => {
          const signed = content.units.filter((unit) => unit.value > 0).map((unit) => unit.entity)
          const unit = signed.find((one) => one.key === chosen) ?? signed[0]
          if (!unit) return <p className="muted">{say(consequenceWords.noSign)}</p>
          const path = `/api/organisations/${me.organisation.id}/star-signs/${rule.id}/${encodeURIComponent(unit.key)}`
          const address = language === 'en' ? `${path}?lang=en` : path
          const alt = say(words.alt, { unit: unit.name })
          const code = `<img src="${location.origin}${address}" alt="${escaped(alt)}">`
          return (
            <div className="stack">
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                aria-label={say(words.unit)}
                value={unit.key}
                onChange={choose}
                options={signed.map((one) => ({ value: one.key, label: one.name }))}
                style={{ maxWidth: 320 }}
              />
              <img src={address} alt={alt} style={{ maxWidth: 320 }} />
              <div>
                <p className="muted small">{say(words.embed)}</p>
                <Typography.Text code copyable style={{ overflowWrap: 'anywhere' }}>
                  {code}
                </Typography.Text>
              </div>
            </div>
          )
        }}
      </Loaded>
    </Section>
  )
}
