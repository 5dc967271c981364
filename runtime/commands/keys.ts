import { hash } from "node:crypto";
import { canonical } from "#engine/words/json.ts";
import { wallNow } from "../clock.ts";
import type { Database } from "../db/client.ts";
import { KEY_LIFE_MS, type Remembered, rememberedKeys } from "../store/idempotency.ts";
import { Gather } from "./gather.ts";
import { Refused } from "./refused.ts";
import type { Principal } from "./runtime.ts";

/** Makes the row that remembers an answer; it goes into the batch of what it answers. */
export type Remember<Answer> = (answer: Answer) => Remembered | undefined;

/**
 * Makes a request safe to send again: the same key with the same body gets the same answer, whether the first one is still
 * being worked on or was answered weeks ago, by this process or by one that died.
 */
export class Keys {
  readonly #remembered: Gather<Remembered>;
  readonly #running = new Map<string, { bodyHash: string; answer: Promise<unknown> }>();

  constructor(db: Database) {
    this.#remembered = new Gather(async (slots) => {
      const rows = await rememberedKeys(
        db,
        // A key is the caller's text, and may hold a line break of its own.
        slots.map((slot) => ({
          principal: slot.slice(0, slot.indexOf("\n")),
          key: slot.slice(slot.indexOf("\n") + 1),
        })),
      );
      return new Map(rows.map((row) => [`${row.principal}\n${row.key}`, row]));
    });
  }

  /**
   * Runs a request once per key. `run` must commit what `remember` gives together with its work. Refusals are not
   * remembered: nothing happened, and the same request may be tried again.
   */
  async once<Answer>(
    principal: Principal,
    key: string | undefined,
    body: unknown,
    run: (remember: Remember<Answer>) => Promise<Answer>,
  ): Promise<Answer> {
    if (key === undefined) return run(() => undefined);
    const who = principal.account ?? principal.personId ?? "nobody";
    const bodyHash = hash("sha256", canonical(body), "hex");
    const slot = `${who}\n${key}`;
    const running = this.#running.get(slot);
    if (running) {
      if (running.bodyHash !== bodyHash) throw reused(key);
      return running.answer as Promise<Answer>;
    }
    const answer = this.#first(who, key, bodyHash, run);
    this.#running.set(slot, { bodyHash, answer });
    try {
      return await answer;
    } finally {
      this.#running.delete(slot);
    }
  }

  async #first<Answer>(
    who: string,
    key: string,
    bodyHash: string,
    run: (remember: Remember<Answer>) => Promise<Answer>,
  ): Promise<Answer> {
    const known = await this.#remembered.ask(`${who}\n${key}`);
    if (known) {
      if (known.bodyHash !== bodyHash) throw reused(key);
      return JSON.parse(known.answer) as Answer;
    }
    const now = wallNow();
    const made = instantOfKey(key);
    if (made !== undefined && made < now - KEY_LIFE_MS) {
      throw new Refused(
        "key-too-old",
        "That key is older than 30 days, and what it stood for is no longer known. Send a new key.",
      );
    }
    return run((answer) => ({ principal: who, key, bodyHash, answer: JSON.stringify(answer), at: now }));
  }
}

const reused = (key: string) =>
  new Refused("key-reused", `The key ${key} was used for another request. Send a new key for a new request.`);

/** When a UUIDv7 was made; undefined for other keys. */
function instantOfKey(key: string): number | undefined {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(key);
  return match ? Number.parseInt(`${match[1]}${match[2]}`, 16) : undefined;
}
