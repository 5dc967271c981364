import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./figure.ts";

/**
 * `npm run bench [-- name…]`: runs the benches of this folder (all, or those whose name begins so; `runtime` means those of the
 * runtime). A table for people on stderr; on stdout one JSON line a figure.
 */
const GROUPS: Record<string, string[]> = {
  runtime: ["commands", "launch", "timers", "reorganisation", "fairness", "scale", "journal"],
};
const NO_BENCH = new Set([
  "run",
  "figure",
  "world",
  "server-process",
  "rules-data",
  "drive",
  "disk",
  "meanwhile",
  "restate-node",
  "restate-service",
]);

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => !NO_BENCH.has(name))
  .sort();
const asked = process.argv.slice(2).flatMap((name) => GROUPS[name] ?? [name]);
const unknown = asked.filter((name) => !names.some((known) => known.startsWith(name)));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(", ")}. There are: ${[...names, ...Object.keys(GROUPS)].join(", ")}.\n`,
  );
  process.exit(1);
}
const chosen = asked.length === 0 ? names : names.filter((name) => asked.some((one) => name.startsWith(one)));

const number = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : String(Math.round(value * 100) / 100);
process.stderr.write(`${"".padEnd(88)}${"ours".padStart(13)}${"theirs".padStart(13)}${"ratio".padStart(9)}  unit\n`);
let failed = false;
for (const name of chosen) {
  const loaded = (await import(join(import.meta.dirname, `${name}.ts`))) as { bench?: () => Promise<Figure[]> };
  if (!loaded.bench) continue;
  try {
    for (const figure of await loaded.bench()) {
      process.stdout.write(`${JSON.stringify(figure)}\n`);
      process.stderr.write(
        `${`${figure.bench}: ${figure.name}`.padEnd(88)}${number(figure.ours).padStart(13)}${number(figure.theirs).padStart(13)}${number(figure.ratio).padStart(9)}  ${figure.unit}\n`,
      );
    }
  } catch (cause) {
    failed = true;
    process.stderr.write(`${name} failed: ${cause instanceof Error ? cause.stack : String(cause)}\n`);
  }
}
process.exit(failed ? 1 : 0);
