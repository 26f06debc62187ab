import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './app/shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { askWhoEarly, queryClient } from './api/queries.ts'
import { router } from './app/router.tsx'
import { LanguageProvider } from './i18n/index.tsx'
import { Announcer } from './ui/announcer.tsx'
import { applyTheme, chosenTheme } from './ui/theme.ts'

applyTheme(chosenTheme())
askWhoEarly()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <Announcer>
          <RouterProvider router={router} />
        </Announcer>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
)
