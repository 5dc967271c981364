import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How often a second this disk makes a page of 4 KB durable, one after the other: what no durable engine gets around. */
export function fdatasyncRate(seconds = 1): number {
  const folder = mkdtempSync(join(tmpdir(), "rondo-disk-"));
  const file = openSync(join(folder, "page"), "w");
  const page = Buffer.alloc(4096, 1);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  for (; performance.now() < end; count++) {
    writeSync(file, page, 0, page.length, count * page.length);
    fdatasyncSync(file);
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return count / seconds;
}
