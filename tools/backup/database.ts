import { join } from 'node:path'
import pg from 'pg'
import { copyFile, copyTree, type Listed, sumOf, walk, writeSynced } from './files.ts'

/** Folders of the data folder that a start makes anew: copied empty, as pg_basebackup does. */
const MADE_ANEW = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
/** Files that belong to the server that runs, or that it makes itself. pg_control comes last, see below. */
const LEFT_OUT =
  /(^|\/)(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*|current_logfiles.*|pg_internal\.init.*|pgsql_tmp.*)$/
const CONTROL = 'global/pg_control'
const SEGMENT = /^[0-9A-F]{24}$/
const CONTROL_TRIES = 20

const leftOut = (path: string): boolean =>
  path === CONTROL || LEFT_OUT.test(path) || MADE_ANEW.has(path.split('/')[0] ?? '')

/** pg_control is written in one go, but may be read in two: taken when two readings in a row agree. */
const copyControl = async (from: string, to: string): Promise<Listed> => {
  for (let tried = 0; tried < CONTROL_TRIES; tried += 1) {
    const before = await sumOf(join(from, CONTROL))
    const after = await sumOf(join(from, CONTROL))
    if (before === undefined || before.sha256 !== after?.sha256) continue
    const copied = await copyFile(join(from, CONTROL), join(to, CONTROL))
    if (copied?.sha256 === before.sha256) return { path: CONTROL, ...copied }
    throw new Error('pg_control changed while it was copied; run the backup again')
  }
  throw new Error('pg_control does not hold still')
}

/** The write-ahead log from the first to the last segment the copy needs, and the histories of its timelines. */
const copyLog = async (
  from: string,
  to: string,
  [first, last]: readonly [string, string],
): Promise<readonly Listed[]> => {
  const { files } = await walk(join(from, 'pg_wal'))
  const needed = files.filter((name) =>
    SEGMENT.test(name) ? name >= first && name <= last : /^[0-9A-F]{8}\.history$/.test(name),
  )
  if (!needed.includes(first) || !needed.includes(last)) throw new Error(`pg_wal has lost ${first} or ${last}`)
  const copies = await copyTree(join(from, 'pg_wal'), join(to, 'pg_wal'), { files: needed, folders: [] })
  return copies.map((copy) => ({ ...copy, path: `pg_wal/${copy.path}` }))
}

type Options = {
  /** Of the running database, as its superuser. */
  readonly url: string
  readonly dataFolder: string
  /** A folder that does not exist yet. */
  readonly to: string
  /** Called while the backup is open: what was committed before it is in the copy. */
  readonly beforeEnd: () => Promise<void>
}

export type DatabaseCopy = { readonly files: readonly Listed[]; readonly version: string; readonly end: string }

/**
 * An online copy of a running PostgreSQL's data folder, as its manual describes it ("Making a Base Backup Using the
 * Low-Level API"): between pg_backup_start and pg_backup_stop over one session, with the write-ahead log of that time.
 * A temporary replication slot keeps the log from being reused meanwhile; it goes with the session, also when we die.
 */
export const copyDatabase = async ({ url, dataFolder, to, beforeEnd }: Options): Promise<DatabaseCopy> => {
  const client = new pg.Client({ connectionString: url, application_name: 'loa-backup' })
  client.on('error', () => undefined)
  await client.connect()
  const one = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row> =>
    (await client.query<Row>(text, [...values])).rows[0] as Row
  try {
    await client.query('set statement_timeout = 0')
    await one('select pg_create_physical_replication_slot($1, true, true)', [`loa_backup_${process.pid}`])
    const { first } = await one<{ first: string }>("select pg_walfile_name(pg_backup_start('loa', true)) as first")
    const tree = await walk(dataFolder, leftOut)
    if (tree.files.some((path) => path.startsWith('pg_tblspc/'))) throw new Error('tablespaces are not supported')
    const files = [...(await copyTree(dataFolder, to, { ...tree, folders: [...tree.folders, ...MADE_ANEW] }))]
    files.push(await copyControl(dataFolder, to))
    await beforeEnd()
    const { last, label, end } = await one<{ last: string; label: string; end: string }>(
      'select pg_walfile_name(lsn) as last, labelfile as label, lsn::text as "end" from pg_backup_stop(false)',
    )
    files.push(...(await copyLog(dataFolder, to, [first, last])))
    await writeSynced(join(to, 'backup_label'), label)
    files.push({ path: 'backup_label', ...((await sumOf(join(to, 'backup_label'))) as Omit<Listed, 'path'>) })
    const { server_version: version } = await one<{ server_version: string }>('show server_version')
    return { files, version, end }
  } finally {
    await client.end().catch(() => undefined)
  }
}
