/** Lets everything else that is ready run first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
