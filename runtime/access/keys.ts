import type { Runtime } from "../commands/runtime.ts";
import { insertApiKey } from "../store/api-keys.ts";
import { newToken, tokenHash } from "./token-hash.ts";

/** Makes a key for a program that acts as a person; the key is answered once and only its hash is kept. */
export async function createApiKey(
  runtime: Runtime,
  key: { person: string; title: string; by: string | null },
): Promise<string> {
  const token = newToken("rondo");
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: key.by,
      what: "access.key-created",
      words: `A key "${key.title}" was made for ${key.person}.`,
      details: { person: key.person, title: key.title },
    },
    [insertApiKey({ ...key, hash: tokenHash(token), at })],
  );
  return token;
}
