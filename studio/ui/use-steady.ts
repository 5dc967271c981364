import { useCallback, useRef } from "react";

/**
 * A handler that stays the same function while what it does is always the newest: for those who take a new function for
 * news (React Flow tells all its nodes). For events only; what is drawn must not depend on it.
 */
export function useSteady<Arguments extends unknown[], Result>(
  handler: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const newest = useRef(handler);
  newest.current = handler;
  return useCallback((...given: Arguments) => newest.current(...given), []);
}
