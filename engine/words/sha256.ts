import { sha256 as hash } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. Synchronous and pure, so that a content hash can be computed
 * inside the engine: the platform's own is asynchronous in the browser and `node:crypto` on the server.
 */
export function sha256(text: string): string {
  return bytesToHex(hash(utf8ToBytes(text)));
}
