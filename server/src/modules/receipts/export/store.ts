import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'

export type AiringCluster = {
  readonly cluster: string
  readonly name: string
  readonly village: string
  readonly device: string
  readonly behindGateway: boolean
}

/** The clusters an airing was to reach, as the network stood when it was placed. */
export const clustersOfAiring = async (db: Db, airing: string): Promise<AiringCluster[]> =>
  (
    await sql<AiringCluster>`select r.cluster, c.name, c.village, r.device, r.behind_gateway as "behindGateway"
      from airing_cluster r join cluster c on c.id = r.cluster where r.airing = ${airing}
      order by c.village, c.name, r.cluster, r.device`.execute(db)
  ).rows
