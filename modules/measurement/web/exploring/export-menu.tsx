/** What the page shows as files. */
import { DownloadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useAct } from '#platform/web/act.ts'
import { type Sentence } from '#platform/web/words.ts'
import { useLanguage, useSay } from '#platform/web/language.tsx'
import { saveFile } from '#platform/web/page/csv.ts'
import { words as all } from '../../words.ts'

const words = all.explore
const FORMATS = ['csv', 'xlsx'] as const
type Format = (typeof FORMATS)[number]

export interface Exportable {
  readonly name: Sentence
  readonly read: (how: { format: Format; language: 'zh' | 'en' }) => Promise<File>
}

export function ExportMenu({ files }: { files: readonly Exportable[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const save = useAct(async ({ file, format }: { file: Exportable; format: Format }) => {
    const made = await file.read({ format, language })
    saveFile(made.name, made.type, made)
  })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: files.flatMap((file, index) =>
          FORMATS.map((format) => ({
            key: `${index} ${format}`,
            label: say(file.name, { format: format === 'csv' ? 'CSV' : 'Excel' }),
            onClick: () => save.run({ file, format }),
          })),
        ),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={save.busy}>
        {say(words.export)}
      </Button>
    </Dropdown>
  )
}
