/** The entrance: what Bihuan is on one side, the form on the other. */
import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import type { Language } from '#platform/web/words.ts'
import { words } from '../../words.ts'
import './door.css'

const stations = [
  { zh: '测量：服务事件变成可信的数字', en: 'Measure: service events become figures to trust' },
  { zh: '评价：谁好谁差，附带把握程度', en: 'Evaluate: who does well, and how sure that is' },
  { zh: '预警：变差时及时提醒，写明时限', en: 'Warn: told in time, with a duty and a deadline' },
  { zh: '计划：审核、批准、执行，一步不漏', en: 'Plan: reviewed, approved, done' },
  { zh: '验证：用冻结的设计证明是否有效', en: 'Prove: by a design frozen beforehand' },
] as const

export function Door({ title, children }: { title: string; children: ReactNode }) {
  const say = useSay()
  const { language, choose } = useLanguage()
  return (
    <main className="door">
      <div className="door-side">
        <div>
          <h1>闭环 Bihuan</h1>
          <p>{say(words.signIn.claim)}</p>
        </div>
        <ul className="door-loop">
          {stations.map((station) => (
            <li key={station.en}>{say(station)}</li>
          ))}
        </ul>
      </div>
      <div className="door-form">
        <div>
          <div className="door-language">
            <Segmented<Language>
              size="small"
              value={language}
              onChange={choose}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </div>
          <h2>{title}</h2>
          {children}
        </div>
      </div>
    </main>
  )
}
