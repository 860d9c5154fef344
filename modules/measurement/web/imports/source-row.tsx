/** The row of a file an event came from, in a window of its own. */
import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useSay } from '#platform/web/language.tsx'
import { Loaded } from '#platform/web/page/states.tsx'
import { words as all } from '../../words.ts'
import { measurement } from '../api.ts'

const words = all.explore.events.row

export function SourceRowButton({ importId, event }: { importId: string; event: string }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="text" size="small" onClick={() => setOpen(true)}>
        {say(words.open)}
      </Button>
      <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={say(words.open)} destroyOnHidden>
        <SourceRow importId={importId} event={event} />
      </Modal>
    </>
  )
}

function SourceRow({ importId, event }: { importId: string; event: string }) {
  const say = useSay()
  const row = useQuery({
    ...measurement.sourceRow.queryOptions({ input: { id: importId, event } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Loaded query={row} rows={4}>
      {(answer) =>
        answer.found ? (
          <>
            <p>{say(words.title, { file: answer.fileName, line: answer.line })}</p>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{say(words.column)}</th>
                  <th scope="col">{say(words.cell)}</th>
                </tr>
              </thead>
              <tbody>
                {answer.columns.map((column, index) => (
                  <tr key={column}>
                    <th scope="row">{column}</th>
                    <td>{answer.cells[index]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        ) : (
          <p>{say(words[answer.because])}</p>
        )
      }
    </Loaded>
  )
}
