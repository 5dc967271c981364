import type { Reader } from "../access/reader.ts";
import { wallNow } from "../clock.ts";
import type { Runtime } from "../commands/runtime.ts";
import { BadRequest } from "./problem.ts";

/** Requests of one account under way at once. A browser has some six, a busy integration some dozens. */
const MOST_AT_ONCE = 256;
/** How many seconds' worth of its rate an account may use at once. */
const BURST_SECONDS = 2;
const MOST_REMEMBERED = 10_000;

interface Account {
  underWay: number;
  /** Requests that it may still make, and as of when. */
  left: number;
  at: number;
}

/**
 * What one account may ask of a server that all share: so many requests at once, and, where RONDO_ACCOUNT_RATE says so, so many
 * a second on average (a token bucket that holds two seconds' worth). One key that runs wild is told to come back (429, with
 * `Retry-After`), and nobody else waits for it. An account with nothing under way and a full bucket need not be remembered.
 */
export class AccountQuota {
  readonly #perSecond: number | null;
  readonly #accounts = new Map<string, Account>();

  constructor(perSecond: number | null) {
    this.#perSecond = perSecond;
  }

  /** Lets a request in; what it answers is called when the request is done. Throws a BadRequest past a bound. */
  enter({ account: name }: Pick<Reader, "account">, now = wallNow()): () => void {
    if (name === undefined) return () => undefined;
    const burst = (this.#perSecond ?? 0) * BURST_SECONDS;
    if (this.#accounts.size >= MOST_REMEMBERED) this.#forget(now);
    const account = this.#accounts.get(name) ?? { underWay: 0, left: burst, at: now };
    this.#accounts.set(name, account);
    if (account.underWay >= MOST_AT_ONCE) {
      throw new BadRequest(
        429,
        "too-many-requests",
        `This account has ${MOST_AT_ONCE} requests under way. Wait for some of them.`,
      );
    }
    if (this.#perSecond !== null) {
      account.left = Math.min(burst, account.left + (Math.max(0, now - account.at) * this.#perSecond) / 1000);
      account.at = now;
      if (account.left < 1) {
        throw new BadRequest(
          429,
          "too-many-requests",
          `This account may make ${this.#perSecond} requests a second. Slow down.`,
        );
      }
      account.left -= 1;
    }
    account.underWay += 1;
    let done = false;
    return () => {
      if (done) return;
      done = true;
      account.underWay -= 1;
      if (account.underWay === 0 && this.#perSecond === null) this.#accounts.delete(name);
    };
  }

  #forget(now: number): void {
    for (const [name, { underWay, at }] of this.#accounts)
      if (underWay === 0 && now - at >= BURST_SECONDS * 1000) this.#accounts.delete(name);
  }

  /** Accounts that are remembered. */
  get size(): number {
    return this.#accounts.size;
  }
}

const quotas = new WeakMap<Runtime, AccountQuota>();

/** The quotas of a server's accounts. */
export function quotaOf(runtime: Runtime): AccountQuota {
  const quota = quotas.get(runtime) ?? new AccountQuota(runtime.config.accountRate);
  quotas.set(runtime, quota);
  return quota;
}
