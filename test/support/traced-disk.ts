import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";

/** What a process did to the files of one folder, and what it said to others by its sockets, in order. */
export type DiskEvent =
  | { kind: "create" | "unlink" | "sync"; file: string }
  | { kind: "write"; file: string; at: number; bytes: Buffer }
  | { kind: "truncate"; file: string; size: number }
  | { kind: "sync-folder" }
  | { kind: "said"; text: string };

/** What stands before a command so that what it does to its files is recorded: needs strace, and the right to trace. */
export function recording(trace: string): string[] {
  const calls = "openat,pwrite64,ftruncate,fsync,fdatasync,unlink,write,writev,sendmsg";
  return ["strace", "-f", "-y", "-qq", "-xx", "-s", "1000000", "--seccomp-bpf", "-o", trace, "-e", `trace=${calls}`];
}

/** Reads a recording. Calls of threads that overlap are put together: a write and a word count from where they begin, a sync from where it ends. */
export async function readRecording(trace: string, folder: string): Promise<DiskEvent[]> {
  const events: DiskEvent[] = [];
  const known = new Set<string>();
  const unfinished = new Map<string, string>();
  const within = (path: string) => (path.startsWith(`${folder}/`) ? basename(path) : undefined);
  for await (const line of createInterface({ input: createReadStream(trace, "latin1") })) {
    const [, pid, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || rest === undefined) continue;
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest);
    if (rest.endsWith("<unfinished ...>")) {
      const begun = rest.slice(0, -"<unfinished ...>".length);
      unfinished.set(pid, begun);
      if (!/^(f|fdata)sync\(/.test(begun)) note(begun);
    } else if (resumed) {
      if (/sync$/.test(resumed[1]!)) note((unfinished.get(pid) ?? "") + resumed[2]);
      unfinished.delete(pid);
    } else note(rest);
  }
  return events;

  function note(call: string): void {
    const name = call.slice(0, call.indexOf("("));
    const failed = / = -1 /.test(call.slice(-80));
    if (failed) return;
    if (name === "openat" || name === "unlink") {
      const path = text(/"([^"]*)"/.exec(call)?.[1] ?? "");
      const file = within(path);
      if (file === undefined) return;
      if (name === "unlink" && known.delete(file)) events.push({ kind: "unlink", file });
      if (name === "openat" && call.includes("O_CREAT") && !known.has(file)) {
        known.add(file);
        events.push({ kind: "create", file });
      }
      return;
    }
    const path = text(/^\w+\(\d+<([^>]*)>/.exec(call)?.[1] ?? "");
    const file = within(path);
    if (name === "fsync" || name === "fdatasync") {
      if (path === folder) events.push({ kind: "sync-folder" });
      else if (file !== undefined) events.push({ kind: "sync", file });
    } else if (name === "ftruncate" && file !== undefined) {
      events.push({ kind: "truncate", file, size: Number(/, (\d+)\)?/.exec(call)![1]) });
    } else if (name === "pwrite64" && file !== undefined) {
      const [, data, at] = /, "([^"]*)", \d+, (\d+)/.exec(call)!;
      events.push({ kind: "write", file, at: Number(at), bytes: bytes(data!) });
    } else if (path.startsWith("socket:")) {
      for (const [, data] of call.matchAll(/"([^"]*)"/g)) events.push({ kind: "said", text: text(data!) });
    }
  }
}

const bytes = (escaped: string): Buffer => Buffer.from(escaped.replaceAll("\\x", ""), "hex");
const text = (escaped: string): string => bytes(escaped).toString("utf8");

/** Of what was not synced yet, what a disk has when its power goes. */
export type Kept = "nothing" | "everything" | "some writes" | "some sectors";

interface File {
  /** As it was when it was last synced. */
  durable: Buffer;
  pending: (DiskEvent & { kind: "write" | "truncate" })[];
  /** Whether its name, or that it has none any more, is on disk. */
  named: boolean;
  unlinked: boolean;
}

const SECTOR = 512;

/** A disk that forgets: it has for certain what was synced, and of all else what chance leaves. */
export class ForgetfulDisk {
  #files = new Map<string, File>();
  /** A disk that lies takes no sync for one. */
  lies = false;

  apply(event: DiskEvent): void {
    switch (event.kind) {
      case "create":
        this.#files.set(event.file, { durable: Buffer.alloc(0), pending: [], named: false, unlinked: false });
        return;
      case "unlink":
        Object.assign(this.#file(event.file), { unlinked: true, named: false });
        return;
      case "write":
      case "truncate":
        this.#file(event.file).pending.push(event);
        return;
      case "sync": {
        if (this.lies) return;
        const file = this.#file(event.file);
        file.durable = contents(
          file.durable,
          file.pending,
          () => true,
          () => true,
        );
        file.pending = [];
        return;
      }
      case "sync-folder":
        if (this.lies) return;
        for (const [name, file] of this.#files) {
          if (file.unlinked) this.#files.delete(name);
          else file.named = true;
        }
    }
  }

  /** The files that are found when the power is back. */
  afterPowerLoss(kept: Kept, random: () => number): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    const chance = () => random() < 0.5;
    const keep = kept === "everything" ? () => true : kept === "nothing" ? () => false : chance;
    for (const [name, file] of this.#files) {
      const thereAsWell = kept === "everything" ? !file.unlinked : kept === "nothing" ? file.unlinked : chance();
      if (!file.named && !thereAsWell) continue;
      const torn = kept === "some sectors";
      found.set(name, contents(file.durable, file.pending, torn ? () => true : keep, torn ? chance : () => true));
    }
    return found;
  }

  #file(name: string): File {
    const file = this.#files.get(name);
    if (!file) throw new Error(`${name} is written before it is opened: the recording is not whole`);
    return file;
  }
}

/** A file with some of its pending operations, and of those some sectors. What was never written is zero. */
function contents(
  durable: Buffer,
  pending: File["pending"],
  keepOperation: () => boolean,
  keepSector: () => boolean,
): Buffer {
  let size = durable.length;
  let room = Buffer.alloc(
    Math.max(size, ...pending.map((one) => (one.kind === "write" ? one.at + one.bytes.length : 0))),
  );
  durable.copy(room);
  for (const operation of pending) {
    if (!keepOperation()) continue;
    if (operation.kind === "truncate") {
      room = Buffer.concat([
        room.subarray(0, Math.min(size, operation.size)),
        Buffer.alloc(Math.max(0, room.length - operation.size)),
      ]);
      size = operation.size;
      continue;
    }
    const { at, bytes: written } = operation;
    for (let from = 0; from < written.length; ) {
      const to = Math.min(written.length, from + SECTOR - ((at + from) % SECTOR));
      if (keepSector()) {
        written.copy(room, at + from, from, to);
        size = Math.max(size, at + to);
      }
      from = to;
    }
  }
  return room.subarray(0, size);
}
