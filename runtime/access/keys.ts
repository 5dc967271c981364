import { Refused } from "../commands/refused.ts";
import type { Principal, Runtime } from "../commands/runtime.ts";
import { insertApiKey, type KeyScope, listApiKeys, revokeApiKey as revokeStatement } from "../store/api-keys.ts";
import type { Access } from "./access.ts";
import { newToken, tokenHash } from "./token-hash.ts";

/** Makes a key for a program that acts as a person; the key is answered once and only its hash is kept. */
export async function createApiKey(
  runtime: Runtime,
  key: { person: string; title: string; by: string | null; scope?: KeyScope },
): Promise<string> {
  const token = newToken("rondo");
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: key.by,
      what: "access.key-created",
      words: `A key "${key.title}" was made for ${key.person}.`,
      details: { person: key.person, title: key.title, scope: key.scope ?? "full" },
    },
    [insertApiKey({ ...key, scope: key.scope ?? "full", hash: tokenHash(token), at })],
  );
  return token;
}

/** The part of a key's hash that names it in lists: says which key, opens nothing. */
export const keyId = (hash: string): string => hash.slice(0, 16);

/** Ends a key at once, in this server's memory too. Throws Refused where there is no such key in use. */
export async function revokeApiKey(runtime: Runtime, access: Access, by: Principal, id: string): Promise<void> {
  const key = (await listApiKeys(runtime.db)).find(({ hash, revokedAt }) => keyId(hash) === id && revokedAt === null);
  if (!key) throw new Refused("not-found", "There is no key of that id in use.");
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: by.personId,
      what: "access.key-revoked",
      words: `ended the key "${key.title}" of ${key.person}`,
      details: { person: key.person, title: key.title },
    },
    [revokeStatement(key.hash, at)],
  );
  access.changed();
}
