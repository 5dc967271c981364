/**
 * Waits until every one has ended, and only then tells the first failure: whoever goes on from here starts nothing again that
 * is still under way.
 */
export async function allEnded(works: Iterable<Promise<unknown>>): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === "rejected") throw one.reason;
}
