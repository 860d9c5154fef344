/** The whole tree from a CSV file: upload, dry run, then for real. */
import { Alert, Button, Drawer } from 'antd'
import { useState } from 'react'
import { useAct } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { ProblemNotice, Waiting } from '#platform/web/page/states.tsx'
import { FileDrop } from '#platform/web/parts/file-drop.tsx'
import { fieldName, issueText } from '#platform/web/problems.ts'
import { organisation } from '#platform/web/session.ts'
import { words as all } from '../words.ts'

const words = all.entities

export function EntityImport({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay()
  const [file, setFile] = useState<string | null>(null)
  const trial = useAct((id: string) => organisation.importEntities.call({ file: id, dryRun: true }), { quiet: true })
  const leave = () => {
    setFile(null)
    trial.forget()
    onClose()
  }
  const take = useAct((id: string) => organisation.importEntities.call({ file: id, dryRun: false }), {
    quiet: true,
    done: words.imported,
    refresh: ['organisation'],
    onDone: leave,
  })
  const result = trial.answer
  return (
    <Drawer open={open} onClose={leave} title={say(words.importTitle)} size="large">
      <div className="stack">
        {file === null && (
          <FileDrop
            accept=".csv,text/csv"
            hint={say(words.importHint)}
            onDone={(uploaded) => {
              setFile(uploaded.file)
              trial.run(uploaded.file)
            }}
          />
        )}
        {trial.busy && <Waiting />}
        <ProblemNotice error={trial.error ?? take.error} />
        {result && (
          <>
            <Tried result={result} />
            <Button
              type="primary"
              loading={take.busy}
              disabled={result.created + result.updated === 0}
              onClick={() => file && take.run(file)}
            >
              {say(words.importNow)}
            </Button>
          </>
        )}
        {file !== null && (
          <Button
            onClick={() => {
              setFile(null)
              trial.forget()
            }}
          >
            {say(words.otherFile)}
          </Button>
        )}
      </div>
    </Drawer>
  )
}

type Result = Awaited<ReturnType<typeof organisation.importEntities.call>>

function Tried({ result }: { result: Result }) {
  const say = useSay()
  const { language } = useLanguage()
  const { created, updated, unchanged, issues } = result
  const list = (
    <>
      <p>{say(words.triedIssues, { count: issues.length })}</p>
      <ul>
        {issues.slice(0, 50).map((issue) => (
          <li key={`${issue.row} ${issue.field}`}>
            {say(words.line, { row: issue.row })} · {fieldName(issue.field, language)}：{issueText(issue, language)}
          </li>
        ))}
      </ul>
    </>
  )
  return (
    <Alert
      type={issues.length > 0 ? 'warning' : 'info'}
      showIcon
      title={say(words.tried, { created, updated, unchanged })}
      description={issues.length > 0 ? list : undefined}
    />
  )
}
