import { useUnits } from '../../api/queries.ts'
import type { Audience } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'

/** Where a station cannot address one village alone: who else hears it, and on how many clusters it really plays. */
export const WiderLines = ({ audience }: { audience: Audience | undefined }) => {
  const w = useWords()
  const units = useUnits()
  const wider = audience?.wider.filter((station) => station.villages.length > 0) ?? []
  return wider.map((station) => {
    const whole = units.data?.find((unit) => unit.id === station.station)?.clusters
    return (
      <span key={station.station} className="wider">
        {w.compose.wider(station.name, w.places(station.villages))}
        {whole && whole.devices + whole.behindGateway > 0 && ` ${w.compose.widerCount(w.clusters(whole, 1))}`}
      </span>
    )
  })
}
