import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeSchema } from '../server/src/platform/schema.ts'
import { testDatabase } from '../server/src/platform/testing.ts'

/** `npm run generate`: makes again what is made from something else. Each entry: the file and its text. */
const root = join(import.meta.dirname, '..')

const schema = async (): Promise<string> => {
  const database = await testDatabase()
  try {
    return await describeSchema(database.db)
  } finally {
    await database.drop()
  }
}

const made: readonly { readonly file: string; readonly text: () => Promise<string> }[] = [
  { file: 'server/db/schema.sql', text: schema },
]

for (const { file, text } of made) {
  writeFileSync(join(root, file), await text())
  process.stdout.write(`${file}\n`)
}
