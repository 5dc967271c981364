import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";

/** SHA-256 (hex) of a file, read as a stream. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Makes what was written to a file, or into a folder, survive a power cut. */
export async function onDisk(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a finished file under its name: it is there whole or not at all, also after a power cut. */
export async function putInPlace(from: string, to: string): Promise<void> {
  await onDisk(from);
  await rename(from, to);
  await onDisk(dirname(to));
}
