// Before the first release one file holds the whole schema. After changing a `tables.ts` or a file of `tables/`:
//   rm -rf migrations/records && npx drizzle-kit generate --name first
// From the first release on, files are only ever added: npx drizzle-kit generate --name <what changed>
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./platform/*/tables.ts', './modules/*/tables.ts', './modules/*/tables/*.ts'],
  out: './migrations/records',
})
