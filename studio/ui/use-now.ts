import { useEffect, useState } from "react";
import { useAhead, useMaybeMe } from "../api/me.ts";

/** Domain time now, refreshed twice a minute: "in 3 days" stays true while the page stays open. */
export function useNow(): number {
  const ahead = useAhead();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const handle = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(handle);
  }, []);
  return now + ahead;
}

/** The organisation's time zone: one clock for everybody who looks at the same case. */
export const useTimeZone = (): string => useMaybeMe()?.organisation.timeZone ?? "UTC";
