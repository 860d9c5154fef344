/** The keys an organisation signs with: seen by anyone, changed by the security officer. */
import type { Context } from '#platform/context'
import type { PublicKey, Signer } from '#platform/signing/signer'
import type { SigningKey } from '../contract.ts'
import { readProfile } from './look-up.ts'

const toKey = (key: PublicKey): SigningKey => ({ algorithm: 'Ed25519', ...key })

export async function listSigningKeys(signer: Signer, context: Context) {
  const { name } = await readProfile(context)
  return { organisation: { id: context.organisation, name }, keys: (await signer.publicKeys(context)).map(toKey) }
}

export const rotateSigningKey = async (signer: Signer, context: Context): Promise<SigningKey> =>
  toKey(await signer.rotate(context))
