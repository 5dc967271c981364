import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, refuse } from "./main.ts";

const ROOT = join(import.meta.dirname, "..");
const BUILT = join(ROOT, "studio/dist");
const STAMP = join(BUILT, ".built-from");

/** `npm start`: builds the studio where its sources changed since the last build, then serves. */
async function start(): Promise<void> {
  buildStudioIfStale();
  await main();
}

/** Builds the studio unless `studio/dist` was built from exactly these sources. */
export function buildStudioIfStale(): void {
  if (!existsSync(join(ROOT, "studio/vite.config.ts"))) return;
  const now = sourcesHash();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === now) return;
  process.stdout.write("Building the studio…\n");
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const built = spawnSync(
    process.execPath,
    [vite, "build", "--config", "studio/vite.config.ts", "--logLevel", "warn"],
    {
      cwd: ROOT,
      stdio: "inherit",
      // What people get, also where a test begins the build: with another word here React is built for development.
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  if (built.status !== 0) throw new Error("The studio could not be built; see above.");
  writeFileSync(STAMP, now);
}

/** A hash over name, size and time of all that the build reads: a thousand files take some milliseconds. */
function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const folder of ["studio", "engine"]) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.startsWith(BUILT))
      .sort();
    for (const path of files) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path.slice(ROOT.length)} ${size} ${Math.floor(mtimeMs)}\n`);
    }
  }
  return hash.update(readFileSync(join(ROOT, "package-lock.json"))).digest("hex");
}

if (process.argv[1] === import.meta.filename) start().catch(refuse);
