import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queryClient } from '#platform/web/api.ts'
import { LanguageProvider } from '#platform/web/language.tsx'
import { ThemeProvider } from '#platform/web/look/theme.tsx'
import '#platform/web/look/floor.css'
import '#platform/web/look/print.css'
import { router } from './pages.tsx'
import './problem-words.ts'

const place = document.getElementById('app')
if (place) {
  createRoot(place).render(
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <ThemeProvider>
          <RouterProvider router={router} />
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>,
  )
}
