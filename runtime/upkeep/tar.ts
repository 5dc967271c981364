import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const BLOCK = 512;

/**
 * A folder as a tar archive (POSIX ustar, IEEE 1003.1-2001), streamed: memory holds a piece of one file. Names are relative to the
 * folder, under `root/`; the files must not change meanwhile.
 */
export async function* tarOf(folder: string, root: string): AsyncGenerator<Uint8Array> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of files) {
    const { size, mtimeMs } = await stat(path);
    yield header(`${root}/${path.slice(folder.length + 1)}`, size, Math.floor(mtimeMs / 1000));
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
    if (size % BLOCK > 0) yield Buffer.alloc(BLOCK - (size % BLOCK));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header(name: string, size: number, seconds: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`a name of an archive has at most 100 bytes: ${name}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    block.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at, "latin1");
  block.write(name, 0, "utf8");
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (size < 0o77777777777) octal(size, 124, 12);
  else {
    // More than eight gigabytes: base 256, marked by the first bit, as GNU and BSD read it.
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  octal(seconds, 136, 12);
  block.write("        ", 148, "latin1");
  block.write("0", 156, "latin1");
  block.write("ustar\0" + "00", 257, "latin1");
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}
