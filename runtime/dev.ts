import { spawn } from "node:child_process";
import { join } from "node:path";
import { createServer } from "vite";
import { readConfig } from "./config.ts";

const ROOT = join(import.meta.dirname, "..");

/**
 * `npm run dev`: the studio by Vite with hot reload, in front of the API. The server runs beside it, on the next port, and is
 * started again when its sources change.
 */
async function dev(): Promise<void> {
  const config = readConfig(process.env);
  const port = config.port + 1;
  const server = spawn(process.execPath, ["--watch-path=runtime", "--watch-path=engine", "runtime/main.ts"], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PORT: String(port), RONDO_URL: `http://localhost:${config.port}` },
  });
  const end = () => server.kill("SIGTERM");
  process.on("exit", end);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  server.on("exit", (code) => process.exit(code ?? 1));

  // Read by studio/vite.config.ts, which knows which addresses are the API's and which its own modules.
  process.env.RONDO_API = `http://127.0.0.1:${port}`;
  const vite = await createServer({
    root: join(ROOT, "studio"),
    configFile: join(ROOT, "studio/vite.config.ts"),
    server: {
      host: config.host,
      port: config.port,
      strictPort: true,
    },
  });
  await vite.listen();
  process.stdout.write(`The studio with hot reload is at http://localhost:${config.port}\n`);
}

await dev();
