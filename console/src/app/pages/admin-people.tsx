import { useWords } from '../../i18n/index.tsx'

export const AdminPeoplePage = () => {
  const w = useWords()
  return <p className="soft">{w.admin.people.lead}</p>
}
