/** Routes to the keys an organisation signs with. */
import { z } from 'zod'
import { instantText, route } from '#platform/contract'

const publicKey = z.object({
  /** The first 16 hexadecimal digits of the SHA-256 of the key's bytes. */
  keyId: z.string(),
  algorithm: z.literal('Ed25519'),
  /** Base64 of the 32 bytes. */
  publicKey: z.string(),
  createdAt: instantText,
  /** Since when another key signs; what this one signed before stays good. */
  retiredAt: instantText.nullable(),
})
export type SigningKey = z.infer<typeof publicKey>

const tag = (path: `/${string}`, method: 'GET' | 'POST', summary: string) =>
  route.route({ path, method, summary, tags: ['organisation'] })

export const signingRoutes = {
  listSigningKeys: tag(
    '/organisations/{organisation}/signing-keys',
    'GET',
    'Public keys to check with what an organisation has signed, first to last',
  )
    .meta({ may: 'anyone', organisation: 'organisation' })
    .input(z.object({ organisation: z.uuid() }))
    .output(z.object({ organisation: z.object({ id: z.uuid(), name: z.string() }), keys: z.array(publicKey) })),
  rotateSigningKey: tag('/signing-keys', 'POST', 'Sign with a new key from now on; the old ones stay listed')
    .meta({ may: 'keys.edit' })
    .output(publicKey),
}
