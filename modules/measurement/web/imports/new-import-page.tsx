/** Three steps: upload, map the columns, try. The real import starts only after a dry run was seen. */
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Select, Steps } from 'antd'
import { useCallback, useState } from 'react'
import type { ImportState, MappingDefinition } from '#measurement/contract'
import { useAct } from '#platform/web/act.ts'
import { useSay } from '#platform/web/language.tsx'
import { PageFrame, Section } from '#platform/web/page/page-frame.tsx'
import { Loaded, ProblemNotice } from '#platform/web/page/states.tsx'
import { FileDrop } from '#platform/web/parts/file-drop.tsx'
import type { Uploaded } from '#platform/web/parts/upload.ts'
import { Go, useGo, useSearchValue } from '#platform/web/router.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'
import { FilePreview, type Preview } from './file-preview.tsx'
import { acceptable, ImportCounts, ImportProblem, ImportProgress, ImportStatus, isGoing } from './import-parts.tsx'
import { MappingForm } from './mapping-form.tsx'

const words = all.imports
const POLL_MILLISECONDS = 1_000

interface Trial {
  readonly id: string
  readonly mapping: string | null
}

export function NewImportPage() {
  const say = useSay()
  const given = useGivenFile()
  const [uploaded, setFile] = useState<Uploaded | null>(null)
  const file = uploaded ?? given
  const [trial, setTrial] = useState<Trial | null>(null)
  const step = file === null ? 0 : trial === null ? 1 : 2
  const take = useCallback((uploaded: Uploaded) => setFile(uploaded), [])
  return (
    <PageFrame
      title={say(words.add)}
      lead={say(words.lead)}
      crumbs={[{ title: say(words.title), to: '/measure/imports' }]}
      may="imports.run"
    >
      <Section>
        <Steps
          current={step}
          items={[{ title: say(words.steps.upload) }, { title: say(words.steps.map) }, { title: say(words.steps.try) }]}
        />
      </Section>
      {file === null && (
        <Section title={say(words.steps.upload)}>
          <FileDrop
            accept=".csv,.tsv,.txt,.xlsx,.json,.ndjson,.jsonl,.parquet"
            hint={say(words.uploadHint)}
            onDone={take}
          />
        </Section>
      )}
      {file !== null && <MapStep file={file} hidden={trial !== null} onTried={setTrial} />}
      {file !== null && trial !== null && <TryStep file={file} trial={trial} onBack={() => setTrial(null)} />}
    </PageFrame>
  )
}

/** A file that is here already, as a run of a data source left it. */
function useGivenFile(): Uploaded | null {
  const [file] = useSearchValue('file')
  const [name] = useSearchValue('name')
  return file === undefined ? null : { file, name: name ?? file, sizeBytes: 0 }
}

function MapStep({ file, hidden, onTried }: { file: Uploaded; hidden: boolean; onTried: (trial: Trial) => void }) {
  const [sheet, setSheet] = useState<string | undefined>()
  const preview = useQuery({
    queryKey: [['measurement'], 'preview', file.file, sheet],
    queryFn: () => measurement.previewFile.call({ file: file.file, sheet }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div style={hidden ? { display: 'none' } : undefined}>
      <Loaded query={preview} rows={8}>
        {(data) => <MapForms file={file} preview={data} sheet={sheet} onSheet={setSheet} onTried={onTried} />}
      </Loaded>
    </div>
  )
}

/** Rows that are events already go on without a mapping. */
function EventsFound({ file, onTried }: { file: Uploaded; onTried: (trial: Trial) => void }) {
  const say = useSay()
  const start = useAct(() => measurement.startImport.call({ file: file.file, mapping: null, dryRun: true }), {
    quiet: true,
    refresh: ['measurement'],
    onDone: (state) => onTried({ id: state.id, mapping: null }),
  })
  return (
    <Section>
      <div className="stack">
        <Alert type="success" showIcon title={say(words.eventsFound)} />
        <ProblemNotice error={start.error} />
        <div>
          <Button type="primary" loading={start.busy} onClick={() => start.run(undefined)}>
            {say(words.tryEvents)}
          </Button>
        </div>
      </div>
    </Section>
  )
}

interface MapFormsProps {
  readonly file: Uploaded
  readonly preview: Preview
  /** Chosen by the person; undefined is the first one. */
  readonly sheet: string | undefined
  readonly onSheet: (sheet: string) => void
  readonly onTried: (trial: Trial) => void
}

function MapForms({ file, preview, sheet, onSheet, onTried }: MapFormsProps) {
  const say = useSay()
  const saved = useQuery(measurement.listMappings.queryOptions())
  const [chosen, setChosen] = useState<string | undefined>()
  const mapping = saved.data?.find((one) => one.name === chosen)
  const start = useAct(
    async ({ name, definition }: { name: string; definition: MappingDefinition }) => {
      const { sheet: _before, ...rest } = definition
      await measurement.saveMapping.call({ name, definition: sheet === undefined ? rest : { ...rest, sheet } })
      return await measurement.startImport.call({ file: file.file, mapping: name, dryRun: true })
    },
    { quiet: true, refresh: ['measurement'], onDone: (state) => onTried({ id: state.id, mapping: state.mapping }) },
  )
  const name = chosen ?? file.name.replace(/\.[^.]+$/, '')
  return (
    <>
      <FilePreview preview={preview} onSheet={onSheet} />
      {preview.events && <EventsFound file={file} onTried={onTried} />}
      <Section
        title={say(words.mapping)}
        actions={
          (saved.data?.length ?? 0) > 0 && (
            <Select<string>
              allowClear
              placeholder={say(words.saved)}
              aria-label={say(words.saved)}
              {...(chosen === undefined ? {} : { value: chosen })}
              onChange={setChosen}
              options={(saved.data ?? []).map((one) => ({ value: one.name, label: one.name }))}
              style={{ minWidth: 240 }}
            />
          )
        }
      >
        <MappingForm
          key={chosen ?? ''}
          name={name}
          initial={mapping?.definition ?? preview.suggestion}
          columns={preview.columns.map((column) => column.name)}
          busy={start.busy}
          error={start.error}
          onSave={start.run}
        />
      </Section>
    </>
  )
}

function TryStep({ file, trial, onBack }: { file: Uploaded; trial: Trial; onBack: () => void }) {
  const say = useSay()
  const go = useGo()
  const state = useQuery({
    ...measurement.readImport.queryOptions({ input: { id: trial.id } }),
    refetchInterval: (query) => (query.state.data && !isGoing(query.state.data) ? false : POLL_MILLISECONDS),
  })
  const start = useAct(() => measurement.startImport.call({ file: file.file, mapping: trial.mapping, dryRun: false }), {
    quiet: true,
    refresh: ['measurement'],
    onDone: (started) => go(`/measure/imports/${started.id}`),
  })
  return (
    <Section title={say(words.steps.try)}>
      <Loaded query={state}>
        {(data) => (
          <div className="stack">
            <ImportStatus state={data.state} />
            <ImportProgress state={data} full />
            <Outcome state={data} />
            <ImportCounts state={data} />
            <ProblemNotice error={start.error} />
            <div className="row">
              <Button
                type="primary"
                disabled={data.state !== 'done' || acceptable(data) === 0}
                loading={start.busy}
                onClick={() => start.run(undefined)}
              >
                {say(words.startForReal)}
              </Button>
              <Button onClick={onBack}>{say(words.backToMap)}</Button>
              {data.refused > 0 && <Go to={`/measure/imports/${data.id}`}>{say(words.seeIssues)}</Go>}
            </div>
          </div>
        )}
      </Loaded>
    </Section>
  )
}

function Outcome({ state }: { state: ImportState }) {
  const say = useSay()
  if (state.problem !== null) return <ImportProblem state={state} />
  if (state.state !== 'done') return null
  const told = say(words.triedWell, {
    rows: state.rows,
    stored: acceptable(state),
    refused: state.refused,
  })
  return <Alert type={state.refused > 0 ? 'warning' : 'success'} showIcon title={told} />
}
