import { setImmediate as nextTurn } from "node:timers/promises";

/** How many are answered in one turn of the event loop: the first are written while the last are still being decided on. */
const AT_ONCE = 24;

/**
 * Questions that are asked one by one and answered together: whatever is asked in one turn of the event loop is one read. A
 * hundred commands at once then cost one query where they would cost a hundred.
 */
export class Gather<Answer> {
  readonly #read: (keys: string[]) => Promise<ReadonlyMap<string, Answer>>;
  #asked: Map<string, PromiseWithResolvers<Answer | undefined>> | null = null;

  /** @param read answers many keys, each once; a key without an answer is absent */
  constructor(read: (keys: string[]) => Promise<ReadonlyMap<string, Answer>>) {
    this.#read = read;
  }

  ask(key: string): Promise<Answer | undefined> {
    if (!this.#asked) {
      const asked = new Map<string, PromiseWithResolvers<Answer | undefined>>();
      this.#asked = asked;
      setImmediate(() => {
        this.#asked = null;
        this.#answer(asked);
      });
    }
    const known = this.#asked.get(key);
    if (known) return known.promise;
    const waiting = Promise.withResolvers<Answer | undefined>();
    this.#asked.set(key, waiting);
    return waiting.promise;
  }

  #answer(asked: Map<string, PromiseWithResolvers<Answer | undefined>>): void {
    this.#read([...asked.keys()]).then(
      async (found) => {
        let answered = 0;
        for (const [key, { resolve }] of asked) {
          resolve(found.get(key));
          answered += 1;
          if (answered % AT_ONCE === 0) await nextTurn();
        }
      },
      (cause) => {
        for (const { reject } of asked.values()) reject(cause);
      },
    );
  }
}
