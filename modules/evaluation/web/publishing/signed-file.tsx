/** The signed file: download, keys, and checking it in this browser with the same script anybody can take along. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useAct } from '#platform/web/act.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { formatSize } from '#platform/web/numbers.ts'
import { Section } from '#platform/web/page/page-frame.tsx'
import { organisation as organisations } from '#platform/web/session.ts'
import { publishingWords } from '../../words/publishing-screens.ts'

const words = publishingWords.file
const PROBLEMS_SHOWN = 10

interface Checked {
  readonly problems: readonly { unit: string | null; what: string; stated: unknown; computed: unknown }[]
  readonly notes: readonly string[]
  readonly units: number
}
interface Script {
  readonly checkFile: (file: string, keys: unknown) => Promise<Checked>
}

/** The script as it is served, not a copy built into the app: what passes here passes on anybody's computer. */
async function verify(path: string, scriptPath: string, organisation: string): Promise<Checked> {
  const [script, response, keys] = await Promise.all([
    import(/* @vite-ignore */ scriptPath) as Promise<Script>,
    fetch(path),
    organisations.listSigningKeys.call({ organisation }),
  ])
  if (!response.ok) throw new TypeError(`status ${response.status}`)
  return script.checkFile(await response.text(), keys)
}

interface Props {
  readonly organisation: string
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly scriptPath: string
}

export function SignedFile({ organisation, path, sizeBytes, sha256, scriptPath }: Props) {
  const say = useSay()
  const { language } = useLanguage()
  const check = useAct(() => verify(path, scriptPath, organisation), { quiet: true })
  return (
    <Section title={say(words.title)} lead={say(words.lead)} className="no-print">
      <div className="stack">
        <div className="row">
          <Button type="primary" loading={check.busy} onClick={() => check.run(undefined)}>
            {say(check.busy ? words.verifying : words.verify)}
          </Button>
          <Button href={path} download="scores.json">
            {say(words.download)} <span className="small">{formatSize(sizeBytes, language)}</span>
          </Button>
          <Button href={scriptPath} download="recompute-scores.mjs">
            {say(words.script)}
          </Button>
          <Button href={`/api/organisations/${organisation}/signing-keys`} download="keys.json">
            {say(words.keysDownload)}
          </Button>
        </div>
        <div aria-live="polite">
          {check.answer && <Outcome checked={check.answer} />}
          {check.error !== null && check.error !== undefined && (
            <Alert type="warning" showIcon role="alert" title={say(words.broken)} />
          )}
        </div>
        <Fingerprints organisation={organisation} sha256={sha256} />
        <p className="muted small">{say(words.command)}</p>
        <pre className="code-lines">node recompute-scores.mjs scores.json keys.json</pre>
      </div>
    </Section>
  )
}

function Fingerprints({ organisation, sha256 }: Pick<Props, 'organisation' | 'sha256'>) {
  const say = useSay()
  const keys = useQuery(organisations.listSigningKeys.queryOptions({ input: { organisation } }))
  return (
    <dl className="facts">
      <dt>{say(words.print)}</dt>
      <dd className="fingerprint">{sha256}</dd>
      <dt>{say(words.keys)}</dt>
      <dd>
        {keys.data?.keys.map((key) => (
          <div key={key.keyId} className="row">
            <span className="fingerprint">{key.keyId}</span>
            <span className="muted small">{say(key.retiredAt === null ? words.keyInUse : words.keyRetired)}</span>
          </div>
        ))}
      </dd>
    </dl>
  )
}

function Outcome({ checked }: { checked: Checked }) {
  const say = useSay()
  if (checked.problems.length === 0) {
    return (
      <Alert
        type="success"
        showIcon
        title={say(words.passed, { units: checked.units })}
        description={say(words.partial)}
      />
    )
  }
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={say(words.failed, { count: checked.problems.length })}
      description={
        <ul>
          {checked.problems.slice(0, PROBLEMS_SHOWN).map(({ unit, what, stated, computed }) => (
            <li key={`${unit} ${what}`}>{`${unit ?? ''} ${what}: ${String(stated)} ≠ ${String(computed)}`}</li>
          ))}
        </ul>
      }
    />
  )
}
