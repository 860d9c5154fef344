/** Writes docs/guides/indicator-library.*.md from the library itself. `tools/library-guide.test.ts` keeps them current. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sectors } from '../modules/measurement/contract/library.ts'
import { indicatorCategory } from '../modules/measurement/contract/indicators.ts'
import { entriesOf, libraryEntries, partsOf, withParts } from '../modules/measurement/library/all.ts'
import { draftOf } from '../modules/measurement/library/draft.ts'
import type { LibraryEntry } from '../modules/measurement/library/entry.ts'
import { eventTypesOf } from '../modules/measurement/library/reword.ts'
import { sources } from '../modules/measurement/library/sources.ts'
import { vocabulary } from '../modules/measurement/library/vocabulary.ts'
import { attributeWords, codeWords, valueWords } from '../modules/measurement/library/words-known.ts'
import { libraryWords as words } from '../modules/measurement/words/library.ts'
import { formatValue, unitNames } from '../platform/web/numbers.ts'
import { type Language, sayIn, type Sentence, type Values } from '../platform/web/words.ts'

const PROJECT = join(import.meta.dirname, '..')
const ZONE = 'Asia/Shanghai'
export const GUIDES: Readonly<Record<Language, string>> = {
  zh: join(PROJECT, 'docs/guides/indicator-library.zh-CN.md'),
  en: join(PROJECT, 'docs/guides/indicator-library.en.md'),
}

const texts = {
  lead: {
    zh: '本页由指标库的数据生成（`npm run reference`），与软件一致。共 {count} 个指标，每个都有口径、公式、出处、默认目标和算过的例子。',
    en: 'Made from the library itself (`npm run reference`), so it cannot differ from the software. {count} indicators, each with definition, formula, source, target and an example that is calculated.',
  },
  howTitle: { zh: '怎么用', en: 'How to use it' },
  how: {
    zh: [
      '1. 打开“测量 → 指标库”，在行业卡片上点“安装”。确认窗口列出将安装什么、需要哪些数据。',
      '2. 您的事件叫法不同时，在同一窗口选择自己的事件类型、属性和数值；系统会按您的叫法保存口径，下次自动沿用。',
      '3. 已存在的指标（包括您改过的、停用的）原样保留；缺少日历等条件的会说明原因，补齐后再装一次即可。',
      '4. 默认目标是起点，不是标准答案：请按自己的历史和承诺修改。没有国家或国际标准的，出处写明“行业惯例”。',
      '5. 接口：`GET /api/indicator-library` 读取，`POST /api/indicator-library/installations` 安装。',
    ].join('\n'),
    en: [
      '1. Open Measure, Library of indicators, and choose Install on the card of a sector. A window lists what will come and which data it needs.',
      '2. Where your events have other names, choose your own types, attributes and values in that window. Definitions are saved in your words, and the choice is remembered.',
      '3. What is there already (also changed or retired) stays as it is. What lacks a calendar or the like is told with its reason; install again once it is there.',
      '4. Targets are a start, not the answer: change them after your own past and promises. Where no standard exists, the source says common practice.',
      '5. By API: `GET /api/indicator-library` reads, `POST /api/indicator-library/installations` installs.',
    ].join('\n'),
  },
  sectors: { zh: '各行业', en: 'Sectors' },
  count: { zh: '个数', en: 'Indicators' },
  words: { zh: '事件的词汇', en: 'The words of events' },
  wordsLead: {
    zh: '用这些词发送事件，指标装上即可出数。同一个词处处同义；“是 / 否”写作 `yes` / `no`。',
    en: 'Send events in these words and the indicators give values as they are. A word means the same everywhere; answers are `yes` and `no`.',
  },
  codes: { zh: '属性的取值', en: 'What attributes say' },
  word: { zh: '词', en: 'Word' },
  meaning: { zh: '含义', en: 'Meaning' },
  colon: { zh: '：', en: ': ' },
}

const cell = (text: string) => text.replaceAll('|', '\\|')

export function libraryGuide(language: Language): string {
  const say = (sentence: Sentence, values: Values = {}) => sayIn(language, sentence, values)
  const list = (names: readonly string[]) => names.join(say(words.listSeparator))
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
  const chapters = indicatorCategory.options.map((category) => {
    const own = libraryEntries.filter((entry) => entry.draft.category === category)
    return `## ${say(words.categories[category])}\n\n${own.map((entry) => indicatorTold(entry, language)).join('\n')}`
  })
  const parts = [
    `# ${say(words.title)}`,
    say(texts.lead, { count: libraryEntries.length }),
    `## ${say(texts.howTitle)}\n\n${say(texts.how)}`,
    `## ${say(texts.sectors)}\n\n${table(
      [say(words.forSectors), say(texts.count)],
      sectors.map((sector) => [say(words.sectors[sector]), String(entriesOf(sector).length)]),
    )}`,
    ...chapters,
    `## ${say(texts.words)}\n\n${say(texts.wordsLead)}\n\n${table(
      [say(words.vocabulary), say(texts.meaning), say(words.attributes), say(words.values)],
      vocabulary.map((type) => [
        `\`${type.name}\` ${type.title[language]}`,
        type.explanation[language],
        list(type.attributes.map((name) => `\`${name}\``)),
        list(type.values.map((name) => `\`${name}\``)),
      ]),
    )}`,
    ...(
      [
        [words.attributes, attributeWords],
        [words.values, valueWords],
        [texts.codes, codeWords],
      ] as const
    ).map(
      ([title, known]) =>
        `### ${say(title)}\n\n${table(
          [say(texts.word), say(texts.meaning)],
          Object.entries(known).map(([name, [zh, en]]) => [`\`${name}\``, language === 'zh' ? zh : en]),
        )}`,
    ),
  ]
  return `${parts.join('\n\n')}\n`
}

function indicatorTold(entry: LibraryEntry, language: Language): string {
  const say = (sentence: Sentence, values: Values = {}) => sayIn(language, sentence, values)
  const list = (names: readonly string[]) => names.join(say(words.listSeparator))
  const draft = draftOf(entry, ZONE)
  const value = (number: number) => formatValue(number, draft.unit, language)
  const wanted = draft.band
    ? say(words.band, { low: value(draft.band.low), high: value(draft.band.high) })
    : draft.target === null
      ? say(words.noTarget)
      : value(draft.target)
  const types = new Set(withParts([entry]).flatMap((each) => eventTypesOf(draftOf(each, ZONE))))
  const facts: [Sentence, string][] = [
    [words.formula, say(entry.formula)],
    [words.unit, `${say(unitNames[draft.unit])}${say(words.listSeparator)}${say(words.directions[draft.direction])}`],
    [words.target, say(words.targetOf, { value: wanted, basis: say(entry.targetBasis) })],
    [
      words.minimumN,
      draft.minimumN === 0 ? say(words.noMinimum) : say(words.below[draft.belowMinimum], { n: draft.minimumN }),
    ],
    [words.source, say(sources[entry.source])],
    [words.forSectors, list(entry.sectors.map((sector) => say(words.sectors[sector])))],
    [words.dataNeeded, list([...types].map((type) => `\`${type}\``))],
    ...(partsOf(entry).length > 0
      ? ([[words.parts, list(partsOf(entry).map((part) => `\`${part}\``))]] as [Sentence, string][])
      : []),
    ...draft.examples.map((example): [Sentence, string] => [
      words.example,
      `${example.title.split(' / ')[language === 'zh' ? 0 : 1]} → ${example.expected === null ? say(words.noValue) : value(example.expected)}`,
    ]),
  ]
  return [
    `### ${draft.title[language]} \`${entry.id}\`\n`,
    `${draft.explanation[language]}\n`,
    ...facts.map(([name, text]) => `- **${say(name)}**${say(texts.colon)}${text}`),
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const language of ['zh', 'en'] as const) writeFileSync(GUIDES[language], libraryGuide(language))
}
