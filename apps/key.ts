/** `key create`: a program's first key, made on the console while the server is stopped. */
import { join } from 'node:path'
import { createKey } from '../modules/organisation/actions/people.ts'
import { permission } from '../modules/organisation/contract.ts'
import { readSettings } from './settings.ts'
import { open, say } from './start.ts'

/** Days until a key made here ends; longer ones are made on the screen, by a security officer. */
const KEY_DAYS = 365

export async function createKeyOffline(name: string, may: readonly string[]): Promise<number> {
  const wrong = may.filter((each) => !permission.safeParse(each).success)
  if (wrong.length > 0) {
    say(`There is no right called ${wrong.join(', ')}. The rights are: ${permission.options.join(', ')}`)
    return 2
  }
  const settings = readSettings(process.env, { dataDirectory: join(import.meta.dirname, '..', 'data') })
  const installation = await open(settings)
  try {
    const organisations = await installation.platform.organisations()
    if (organisations.length !== 1) {
      say(
        organisations.length === 0
          ? 'Set the installation up first: npm start'
          : 'There are several organisations here; make the key on the screen.',
      )
      return 1
    }
    const permissions = may.map((each) => permission.parse(each))
    const made = await installation.platform.run(installation.platform.systemActor, organisations[0]!, (context) =>
      createKey(installation.signIn, context, { name, permissions, expiresInDays: KEY_DAYS }),
    )
    say(`The key, shown this once (ends in ${KEY_DAYS} days):\n${made.key}`)
    return 0
  } finally {
    await installation.close()
  }
}
