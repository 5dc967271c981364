import { defineConfig } from "vitest/config";

/**
 * Four suites with a budget each on two cores (see test/README.md): unit 60 s, runtime 120 s, browser 150 s, hosts 90 s.
 * The browser suite runs its files one after the other: they share one Chromium and one built studio.
 */
const suite = (name: string, include: string[], extra: object = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout: 30_000, hookTimeout: 60_000, ...extra },
});

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    environment: "node",
    // Both cores: Vitest would keep one for itself, which has little to do.
    maxWorkers: 2,
    projects: [
      // Where files share the modules they load, which else half of the time goes into, no test keeps anything in a module.
      suite("unit", ["test/architecture.test.ts", "test/engine/**/*.test.ts", "test/templates/**/*.test.ts"], {
        isolate: false,
      }),
      // These put other modules in the place of some, each file its own.
      suite("unit-studio", ["test/studio/**/*.test.ts"]),
      suite("runtime", ["test/runtime/**/*.test.ts"], { isolate: false }),
      suite("browser", ["test/e2e/**/*.test.ts"], { fileParallelism: false, testTimeout: 120_000 }),
      suite("hosts", ["test/hosts/**/*.test.ts"]),
    ],
  },
});
