import { Link } from '@tanstack/react-router'
import { useWords } from '../../i18n/index.tsx'

/** The parts of the network page. Devices are for those who tend them. */
export const NetworkTabs = ({ mayTend }: { mayTend: boolean }) => {
  const w = useWords()
  return (
    <nav className="subnav" aria-label={w.map.tabs}>
      <Link to="/mang-luoi" activeOptions={{ exact: true, includeSearch: false }}>
        {w.map.tabMap}
      </Link>
      {mayTend && <Link to="/mang-luoi/thiet-bi">{w.map.tabDevices}</Link>}
      <Link to="/mang-luoi/chuong">{w.map.tabChime}</Link>
    </nav>
  )
}
