import { setImmediate as breathe } from "node:timers/promises";

/** How long a file is worked on before others get their turn, in milliseconds. */
const LONGEST_MS = 8;

/** The items one by one, the event loop given back every few milliseconds: what one of them costs need not be known. */
export async function* unhurried<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let since = performance.now();
  for (const item of items) {
    if (performance.now() - since > LONGEST_MS) {
      await breathe();
      since = performance.now();
    }
    yield item;
  }
}
