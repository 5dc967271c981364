import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { routes } from "#engine/contract/routes.ts";

/**
 * The contract as a browser needs it: how and where each route is asked. What it takes and answers is judged by the server,
 * and the types of it are gone by now: the schemas would be a fifth of what is loaded before the first paint.
 */
const contractAsTable: Plugin = {
  name: "contract-as-table",
  enforce: "pre",
  load: (id) => {
    if (!id.endsWith("/engine/contract/routes.ts")) return null;
    const table = Object.entries(routes).map(([name, { method, path, ...more }]) => [
      name,
      { method, path, ...("bodyType" in more ? { bodyType: more.bodyType } : {}) },
    ]);
    return `export const routes = ${JSON.stringify(Object.fromEntries(table))};`;
  },
};

/** Each built text beside itself, small: the server sends what the browser takes, and compresses nothing while people wait. */
const compressed: Plugin = {
  name: "compressed-files",
  apply: "build",
  writeBundle: async ({ dir }) => {
    const files = await readdir(dir!, { recursive: true });
    const texts = files.filter((file) => /\.(js|css|svg|html)$/.test(file));
    await Promise.all(
      texts.map(async (file) => {
        const path = join(dir!, file);
        const text = await readFile(path);
        await writeFile(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(text, quality));
      }),
    );
  },
};

/** The studio is served by the runtime from the same origin; in development Vite stands in front of it. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [contractAsTable, react(), compressed],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The Source tab (Monaco) is one big chunk on purpose: it is lazy and comes once.
    chunkSizeWarningLimit: 4000,
  },
  server: {
    port: Number(process.env.VITE_PORT ?? 4610),
    // Not the studio's own modules of studio/api, which stand at the same address while Vite serves them one by one.
    proxy: {
      "^/api/(?![\\w-]+\\.tsx?(\\?|$))": {
        target: process.env.RONDO_API ?? "http://127.0.0.1:4600",
        changeOrigin: false,
      },
    },
  },
});
