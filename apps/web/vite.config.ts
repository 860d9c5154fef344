import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a server in development listens; the built app is served by the server itself. */
const API = 'http://127.0.0.1:7700'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Everything is a file of our own: the content security policy allows no inline scripts.
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': API } },
})
