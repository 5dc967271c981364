import type { Json } from "../words/json.ts";
import type { TapeItem } from "./journal.ts";

/** An answer with what it rests on. */
export type Answer = Omit<TapeItem, "ask" | "key">;

/**
 * Where a transition's questions are answered. While a case runs, each answer is computed and recorded; in a replay the
 * recorded ones are read back in order and nothing is computed.
 */
export interface Tape {
  readonly items: readonly TapeItem[];
  ask(ask: TapeItem["ask"], key: string, compute: () => Answer): Json;
}

/** A tape that records. */
export function recordingTape(): Tape {
  const items: TapeItem[] = [];
  return {
    items,
    ask(ask, key, compute) {
      const answer = compute();
      items.push({ ask, key, ...answer });
      return answer.answer;
    },
  };
}

/** A tape that reads back. Throws where the journal and the definition do not fit together: that journal is not this case's. */
export function replayingTape(items: readonly TapeItem[]): Tape {
  let position = 0;
  return {
    items,
    ask(ask, key) {
      const item = items[position++];
      if (!item || item.ask !== ask || item.key !== key) {
        const found = item ? `${item.ask} ${item.key}` : "nothing";
        throw new Error(`the journal does not fit the definition: asked for ${ask} ${key}, found ${found}`);
      }
      return item.answer;
    },
  };
}
