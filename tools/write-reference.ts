/** Writes docs/reference/api.md: the API as a page, printed from the contracts. `tools/reference.test.ts` keeps it current. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiContract } from '../apps/contract.ts'
import { type OpenApiDocument, openApiDocument } from '../platform/http/openapi.ts'
import { createAttachments } from '../platform/attachments/attachments.ts'
import type { Module } from '../platform/module.ts'
import { createWebhooks } from '../platform/outbound/webhooks.ts'
import { createSigner } from '../platform/signing/signer.ts'
import { VERSION } from '../platform/version.ts'
import { evaluationModule } from '../modules/evaluation/module.ts'
import { measurementModule } from '../modules/measurement/module.ts'
import { organisationModule, type OrganisationParts } from '../modules/organisation/module.ts'

const PROJECT = join(import.meta.dirname, '..')
export const REFERENCE = join(PROJECT, 'docs/reference/api.md')

const absent = (): Promise<never> => Promise.reject(new Error('The reference reads no files.'))

function page(document: OpenApiDocument): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      const line = `| \`${method.toUpperCase()}\` | \`/api${path}\` | ${operation.summary ?? ''} | \`${operation['x-may'] ?? ''}\` |`
      const tag = operation.tags?.[0] ?? 'other'
      groups.set(tag, [...(groups.get(tag) ?? []), line])
    }
  }
  const tables = [...groups].map(
    ([tag, lines]) =>
      `## ${tag}\n\n| method | path | what it does | who may |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`,
  )
  return `# The API\n\nPrinted from the contracts by \`npm run reference\`. A running server gives the same as OpenAPI 3.1 at \`/api/openapi.json\`.\n\n${tables.join('\n')}`
}

export async function reference(): Promise<string> {
  // Only the descriptions of streams and downloads are read; no file is ever touched.
  const nothing = { seal: () => '', open: () => null, newSecret: () => '' }
  const parts = {
    files: { receive: absent, find: absent, remove: absent },
    sealer: nothing,
    watchFolder: null,
    pullPrivate: false,
  }
  const attachments = createAttachments(parts.files)
  const signer = createSigner(nothing)
  const webhooks = createWebhooks({ owner: '', sealer: nothing, privateAllowed: false })
  const modules: readonly Module[] = [
    measurementModule(parts),
    evaluationModule({ signer, attachments, webhooks, files: parts.files, privateAllowed: false }),
  ]
  const document = await openApiDocument(
    apiContract,
    [...modules, organisationModule({ attachments } as OrganisationParts)],
    VERSION,
  )
  return page(document)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await reference()
  mkdirSync(join(PROJECT, 'docs/reference'), { recursive: true })
  writeFileSync(REFERENCE, made)
}
