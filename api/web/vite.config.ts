import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// `npm run dev` talks to a service started with ./kanqian serve.
export default defineConfig({
  plugins: [vue()],
  build: { outDir: 'dist', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/v1': 'http://localhost:8080' } },
})
