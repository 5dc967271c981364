import { wallNow } from "../clock.ts";

/** Who stands behind a token. */
export interface Identity {
  userId: string | null;
  email: string | null;
  personId: string | null;
  /** Of a key that may only look. */
  readOnly?: true;
}

const LIFE_MS = 30_000;
const MOST = 20_000;

/**
 * Who stands behind which token, by the token's hash, for 30 seconds: asking the session table each time costs more than the
 * command itself. Dropped on sign-out, and whole when people, roles or links change.
 */
export class PrincipalCache {
  readonly #known = new Map<string, { identity: Identity | null; until: number }>();

  /** The identity behind a token; `find` is asked where it is not known. Nobody (null) is remembered too. */
  async get(hash: string, find: () => Promise<Identity | null>): Promise<Identity | null> {
    const known = this.#known.get(hash);
    const now = wallNow();
    if (known && known.until > now) return known.identity;
    const identity = await find();
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(hash, { identity, until: now + LIFE_MS });
    return identity;
  }

  forget(hash: string): void {
    this.#known.delete(hash);
  }

  clear(): void {
    this.#known.clear();
  }
}
