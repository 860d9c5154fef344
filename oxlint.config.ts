/**
 * The house's borders, read from `modules/map.ts`: call down, announce up. Each message says the rule and the way out. That the rules bite
 * is itself tested (`tools/borders.test.ts` plants violations and expects them found).
 */
import { defineConfig } from 'oxlint'
import { moduleMap } from './modules/map.ts'

interface Pattern {
  regex: string
  message: string
}
const names = moduleMap.map((line) => line.name)
const anyModule = names.join('|')

/** `#alerts/…` or a relative path into another module. */
const reach = (modules: readonly string[]): string =>
  `^(#(${modules.join('|')})/|(\\.\\./)+(modules/)?(${modules.join('|')})/)`
const relativeReach = (modules: readonly string[]): string => `^(\\.\\./)+(modules/)?(${modules.join('|')})/`

const apps: Pattern = { regex: '^(\\.\\./)+apps/', message: 'Nothing imports apps: what it holds only starts things.' }
const inner: Pattern = {
  regex: `^#(${anyModule})/(store|rules|tables|module|web|words|samples)`,
  message: 'A module has two doors: contract and actions. Ask there, or add what you need to its actions.',
}

const rule = (patterns: readonly Pattern[]): { 'no-restricted-imports': ['error', { patterns: Pattern[] }] } => ({
  'no-restricted-imports': ['error', { patterns: [...patterns] }],
})

function serverSide(name: string, uses: readonly string[]): Pattern[] {
  const others = names.filter((other) => other !== name)
  const forbidden = others.filter((other) => !uses.includes(other))
  return [
    apps,
    inner,
    {
      regex: relativeReach(others),
      message: 'Reach other modules through #name/contract or #name/actions/…, never by path.',
    },
    ...(forbidden.length > 0
      ? [
          {
            regex: reach(forbidden),
            message: `${name} does not use this module (modules/map.ts). News from above comes by events; what lies below is named in "uses".`,
          },
        ]
      : []),
  ]
}

const actionsDoor: Pattern = {
  regex: `^(#(${anyModule})/actions|\\.\\.?/(.*/)?(actions|store)/|\\.\\.?/(.*/)?(module|tables)\\.ts)`,
  message: 'Screens speak through contracts; actions, store and tables run on the server only.',
}
const noNode: Pattern = { regex: '^node:', message: 'Pure code: no files, no network, no clock.' }

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'react', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', 'migrations', 'docs', 'data', '.demo'],
  rules: {
    'no-floating-promises': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/no-unnecessary-type-arguments': 'off',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    'typescript/consistent-return': 'off',
    'typescript/restrict-template-expressions': 'off',
    'unicorn/prefer-add-event-listener': 'off',
    'unicorn/no-new-array': 'off',
    'no-new': 'off',
    'no-unmodified-loop-condition': 'off',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'no-underscore-dangle': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-reverse': 'off',
    'react/react-in-jsx-scope': 'off',
    'promise/always-return': 'off',
    'no-new-func': 'error',
    'no-eval': 'error',
    'no-console': 'error',
    'max-lines': ['error', { max: 400 }],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
  },
  overrides: [
    {
      files: ['libs/**'],
      rules: {
        ...rule([
          apps,
          noNode,
          { regex: '^#', message: 'Libraries import libraries only, by relative path inside one.' },
          { regex: '^(\\.\\./)+(platform|modules)/', message: 'Libraries know nothing of the house.' },
        ]),
        'no-restricted-globals': ['error', 'fetch', 'process', 'window', 'document'],
      },
    },
    {
      files: ['platform/**'],
      rules: rule([
        apps,
        { regex: reach(names), message: 'The floor knows no business word: modules come to it, not it to them.' },
      ]),
    },
    {
      // The floor of screens knows who is signed in, which entity is picked and what a figure is: two contracts of the ground, no more.
      files: ['platform/web/**'],
      rules: rule([
        apps,
        noNode,
        actionsDoor,
        {
          regex: reach(names.filter((name) => name !== 'organisation' && name !== 'measurement')),
          message: 'Parts of screens know the contracts of organisation and measurement only.',
        },
      ]),
    },
    ...moduleMap.map(({ name, uses }) => ({ files: [`modules/${name}/**`], rules: rule(serverSide(name, uses)) })),
    ...moduleMap.map(({ name }) => {
      const others = names.filter((other) => other !== name)
      const byPath = {
        regex: relativeReach(others),
        message: 'Reach other modules through #name/contract, never by path.',
      }
      return { files: [`modules/${name}/web/**`], rules: rule([apps, inner, byPath, actionsDoor, noNode]) }
    }),
    {
      files: ['modules/*/rules.ts', 'modules/*/rules/**', 'modules/*/suggestion.ts'],
      rules: rule([
        apps,
        noNode,
        {
          regex: `^#(${anyModule})/actions|^\\.\\.?/(.*/)?(actions|store)/|(tables|module)\\.ts$|^#platform/(records|run|http|outbox|jobs|measurements)`,
          message:
            'Decisions are pure: facts come in as arguments, libs and contracts may be imported, nothing that loads or saves.',
        },
      ]),
    },
    {
      files: ['modules/*/contract.ts', 'modules/*/contract/**'],
      rules: rule([
        apps,
        noNode,
        {
          regex: `^#(${anyModule})/actions|^\\.\\.?/(.*/)?(actions|store|rules)|(tables|module)\\.ts$`,
          message: 'A contract is shared by server and web: shapes and routes only.',
        },
      ]),
    },
    {
      files: [
        '**/*.test.ts',
        '**/*.test.tsx',
        '**/*-for-test.ts',
        'scenarios/**',
        'bench/**',
        'tools/**',
        'platform/testing/**',
        'libs/*/reference/**',
      ],
      rules: {
        'max-lines-per-function': 'off',
        'no-restricted-imports': 'off',
        'no-console': 'off',
        'no-restricted-globals': 'off',
      },
    },
    { files: ['apps/**', 'bench/**', 'tools/**'], rules: { 'no-restricted-imports': 'off' } },
  ],
})
