import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The studio is served by the runtime from the same origin; in development Vite stands in front of it. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
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
