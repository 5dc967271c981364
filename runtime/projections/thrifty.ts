import { performance } from "node:perf_hooks";

/** What took less is found again each time. */
const CHEAP_MS = 50;
/** A costly answer stands for so many times as long as it took to find. */
const TIMES = 20;
/** And never longer than this by the clock that deadlines run by: weeks later other things are late. */
const STANDS_MS = 60_000;

/**
 * Answers to one costly question, by whom they are for. However much is stored and however often it is asked, finding them takes a
 * twentieth of the time: an answer that took a second stands for twenty, one that took a moment is never kept.
 */
export class Thrifty<Key extends object, Answer> {
  readonly #kept = new WeakMap<Key, { answer: Promise<Answer>; until: number; now: number }>();

  /** @param now the instant that the answer is about, by the clock of the runtime */
  async ask(key: Key, now: number, find: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#kept.get(key);
    if (kept && performance.now() < kept.until && now - kept.now < STANDS_MS) return kept.answer;
    const began = performance.now();
    const answer = find();
    // Whoever asks meanwhile waits for the same answer.
    this.#kept.set(key, { answer, until: Number.POSITIVE_INFINITY, now });
    try {
      const found = await answer;
      const took = performance.now() - began;
      // Somebody may have asked about a later instant meanwhile.
      if (this.#kept.get(key)?.answer !== answer) return found;
      if (took < CHEAP_MS) this.#kept.delete(key);
      else this.#kept.set(key, { answer, until: performance.now() + took * TIMES, now });
      return found;
    } catch (cause) {
      if (this.#kept.get(key)?.answer === answer) this.#kept.delete(key);
      throw cause;
    }
  }
}
