/** Where one who asks for a shared case finds it. */
export interface SharedPlace {
  /** The newest open case with the key that still takes more. */
  open: string | undefined;
  /**
   * The key of the next one. Where an open case takes no more, its key is taken: the next one's says how many there were, so
   * that two who ask for it at once still mean the same.
   */
  key: string;
}

/** Whether a case's key is one that was asked for, or says which of several with it the case is. */
export const hasSharedKey = (key: string | null, asked: string): boolean =>
  key !== null && (key === asked || key.startsWith(`${asked}#`));

/**
 * Which case one attaches to, of all with the key there were, the newest first.
 * @param since cases opened before (UTC epoch milliseconds) take no more; null: all do
 */
export function sharedPlace(
  cases: readonly { id: string; openedAt: number; open: boolean }[],
  key: string,
  since: number | null,
): SharedPlace {
  const takes = cases.find(({ open, openedAt }) => open && (since === null || openedAt >= since));
  const taken = cases.some(({ open }) => open);
  return { open: takes?.id, key: taken ? `${key}#${cases.length}` : key };
}
