import './pages.css'
import { PasswordForm } from '../../features/access/choose-password.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Page } from '../../ui/page.tsx'

export const PasswordPage = () => {
  const w = useWords()
  return (
    <Page title={w.password.title} lead={w.password.lead}>
      <div className="card narrow">
        <PasswordForm />
      </div>
    </Page>
  )
}
