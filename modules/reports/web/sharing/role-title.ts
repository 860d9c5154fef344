/** Roles in the reader's language. */
import type { RoleName } from '#organisation/contract'
import { useSay } from '#platform/web/language.tsx'
import { roleWords } from '#platform/web/parts/role-words.ts'

export function useRoleTitle(): (role: RoleName) => string {
  const say = useSay()
  return (role) => say(roleWords[role])
}
