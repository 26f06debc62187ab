import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useMe } from '../api/queries.ts'
import { useWords } from '../i18n/index.tsx'
import { Page } from '../ui/page.tsx'
import { Loading, Skeleton } from '../ui/trouble.tsx'
import { MeProvider } from './me.tsx'
import { Shell } from './shell.tsx'

const SignIn = lazy(() => import('../features/access/sign-in.tsx').then((file) => ({ default: file.SignIn })))

const ChooseFirst = lazy(() =>
  import('../features/access/choose-password.tsx').then((file) => ({ default: file.ChooseFirst })),
)

/** What a label's QR opens is for whoever stands before the machine, and asks the server nothing. */
const OPEN_TO_ALL = '/ghep'

/** Signed in: the shell around the page. Not signed in: the sign-in form at the same address, so that nothing is lost on the way. */
export const Root = () => {
  const me = useMe()
  const isOpen = useLocation({ select: ({ pathname }) => pathname === OPEN_TO_ALL })
  return (
    <Loading query={me}>
      {me.data?.mustChoosePassword ? (
        <Suspense fallback={<Skeleton />}>
          <ChooseFirst />
        </Suspense>
      ) : me.data ? (
        <MeProvider value={me.data}>
          <Shell>
            <Suspense fallback={<Skeleton lines={4} />}>
              <Outlet />
            </Suspense>
          </Shell>
        </MeProvider>
      ) : isOpen ? (
        <Suspense fallback={<Skeleton />}>
          <div className="alone">
            <Outlet />
          </div>
        </Suspense>
      ) : (
        <Suspense fallback={<Skeleton />}>
          <SignIn />
        </Suspense>
      )}
    </Loading>
  )
}

export const NotFound = () => {
  const w = useWords()
  return (
    <Page title={w.app.notFound}>
      <Link to="/" className="b main">
        {w.app.goHome}
      </Link>
    </Page>
  )
}

/** A bug in a page: say what is safe, offer the way on. */
export const Broken = () => {
  const w = useWords()
  return (
    <Page title={w.trouble.title}>
      <div className="stack">
        <p>{w.app.broken}</p>
        <button type="button" className="b main" onClick={() => window.location.reload()}>
          {w.app.reload}
        </button>
      </div>
    </Page>
  )
}
