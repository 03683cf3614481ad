import { defineConfig } from '@playwright/test'

/** Drives a running service ($KANQIAN_URL) in the system's Chromium, on a phone-sized screen. */
export default defineConfig({
  // Modules without a screen are tested beside themselves, by the same runner, so that one count holds all.
  testMatch: ['e2e/**/*.spec.ts', 'src/**/*.test.ts'],
  timeout: 60_000,
  retries: 0,
  forbidOnly: true,
  workers: 1,
  use: {
    baseURL: process.env['KANQIAN_URL'] ?? 'http://localhost:8080',
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
