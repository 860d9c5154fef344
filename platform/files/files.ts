/** Uploaded files: kept on disk below the data directory, one folder per organisation, named by what they contain. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface ReceivedFile {
  /** Name of the kept file: the SHA-256 of its content, so that the same content is kept once. */
  readonly file: string
  readonly name: string
  readonly sizeBytes: number
}

export interface Files {
  /** Writes the body to disk and answers when it is there in full. */
  readonly receive: (organisation: string, name: string, body: AsyncIterable<Uint8Array>) => Promise<ReceivedFile>
  /** Where a file lies, and what it was called; null when there is none. */
  readonly find: (organisation: string, file: string) => Promise<(ReceivedFile & { readonly path: string }) | null>
  /** Takes a file away; one that is not there is gone already. */
  readonly remove: (organisation: string, file: string) => Promise<void>
}

const FILE_NAME = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f-]{36}$/
const NAME_LENGTH_LIMIT = 200

export function openFiles(directory: string): Files {
  const folder = (organisation: string) => {
    if (!UUID.test(organisation)) throw new Error('The organisation is not an id.')
    return join(directory, organisation)
  }
  return {
    async receive(organisation, name, body) {
      await mkdir(folder(organisation), { recursive: true })
      const part = join(folder(organisation), `${randomUUID()}.part`)
      const hash = createHash('sha256')
      let sizeBytes = 0
      const count = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk)
          sizeBytes += chunk.byteLength
          done(null, chunk)
        },
      })
      try {
        await pipeline(Readable.from(body), count, createWriteStream(part, { flush: true }))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      const file = hash.digest('hex')
      const shownName = name.replaceAll(/[\p{Cc}/\\]/gu, ' ').slice(0, NAME_LENGTH_LIMIT) || 'file'
      await writeFile(join(folder(organisation), `${file}.name`), shownName)
      await rename(part, join(folder(organisation), file))
      return { file, name: shownName, sizeBytes }
    },
    async find(organisation, file) {
      if (!FILE_NAME.test(file)) return null
      const path = join(folder(organisation), file)
      try {
        const [{ size }, name] = await Promise.all([stat(path), readFile(`${path}.name`, 'utf8')])
        return { file, name, sizeBytes: size, path }
      } catch {
        return null
      }
    },
    async remove(organisation, file) {
      if (!FILE_NAME.test(file)) return
      const path = join(folder(organisation), file)
      await Promise.all([rm(path, { force: true }), rm(`${path}.name`, { force: true })])
    },
  }
}
