import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of its own in memory, so small that it can be filled. */
export interface SmallDisk {
  folder: string;
  /** The same files at another place, where nothing can be written. */
  readOnlyView(): string;
  remove(): void;
}

/** Mounts a small disk; undefined where this process may not (it takes root). */
export function smallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "rondo-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const views: string[] = [];
  return {
    folder,
    readOnlyView: () => {
      const view = mkdtempSync(join(tmpdir(), "rondo-view-"));
      views.push(view);
      for (const args of [
        ["--bind", folder, view],
        ["-o", "remount,bind,ro", view],
      ]) {
        const done = spawnSync("mount", args, { encoding: "utf8" });
        if (done.status !== 0) throw new Error(done.stderr);
      }
      return view;
    },
    remove: () => {
      for (const place of [...views, folder]) {
        // Only what is no longer mounted is removed: a view is the same files.
        if (spawnSync("umount", ["-l", place]).status === 0) rmSync(place, { recursive: true, force: true });
      }
    },
  };
}

/** Whether a process can be started here so that its system calls fail: strace is installed and may trace. */
export function canInject(): boolean {
  return spawnSync("strace", ["-o", "/dev/null", "-e", "trace=fdatasync", "true"]).status === 0;
}

/** What stands before a command so that system calls of its process fail, as `strace -e inject=` takes it: `error=EIO:when=40..42`. */
export function injecting(calls: string, what: string): string[] {
  return ["strace", "-f", "-o", "/dev/null", "-e", `trace=${calls}`, "-e", `inject=${calls}:${what}`];
}

/** The process that another one started: what runs under strace. */
export function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}
