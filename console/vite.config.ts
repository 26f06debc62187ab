import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server's content policy is `default-src 'self'`: a data: address would be refused.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file of style and three of program before the first screen: on a slow line each further request waits its turn.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'frame', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
            {
              name: 'base',
              test: /console[\\/]src[\\/](ui|api[\\/](?!recordings)|platform[\\/](clock|storage)\.ts|i18n[\\/](?!en|vi-record|record))/,
            },
          ],
        },
      },
    },
  },
})
