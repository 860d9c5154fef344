/** The product as a child process, started by its own command line: for scenarios that pull the plug. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const START_LIMIT_MILLISECONDS = 30_000
const POLL_MILLISECONDS = 20

export interface ServerChild {
  readonly address: string
  readonly dataDirectory: string
  /** Starts and waits until both stores answer; gives the milliseconds it took. */
  readonly start: () => Promise<number>
  /** SIGKILL, at once and without farewell. */
  readonly kill: () => Promise<void>
  /** SIGTERM; gives the exit code. */
  readonly stop: () => Promise<number | null>
  readonly output: () => string
  readonly remove: () => Promise<void>
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** In a temporary directory of its own, unless another is given (which `remove` then leaves alone). */
export async function serverChild(options: { dataDirectory?: string } = {}): Promise<ServerChild> {
  const root = mkdtempSync(join(tmpdir(), 'bihuan-child-'))
  await chmod(root, 0o755)
  const dataDirectory = options.dataDirectory ?? join(root, 'data')
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let output = ''
  // A test run that is broken off takes its server with it.
  process.once('exit', () => child?.kill('SIGKILL'))
  const ended = () =>
    new Promise<number | null>((resolve) =>
      child === null || child.exitCode !== null || child.signalCode !== null
        ? resolve(child?.exitCode ?? null)
        : child.once('exit', resolve),
    )
  return {
    address,
    dataDirectory,
    output: () => output,
    start: async () => {
      const began = performance.now()
      child = spawn(process.execPath, ['apps/cli.ts', 'start'], {
        env: { ...process.env, BIHUAN_DATA: dataDirectory, BIHUAN_PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      for (const stream of [child.stdout, child.stderr])
        stream!.on('data', (chunk: Buffer) => (output += chunk.toString()))
      while (performance.now() - began < START_LIMIT_MILLISECONDS) {
        if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${output}`)
        const answer = await fetch(`${address}/healthz`).catch(() => null)
        if (answer?.ok) return performance.now() - began
        await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))
      }
      throw new Error(`The server did not answer in time: ${output}`)
    },
    kill: async () => {
      child?.kill('SIGKILL')
      await ended()
    },
    stop: async () => {
      child?.kill('SIGTERM')
      return ended()
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
