import { createContext, useContext } from "react";
import type { MeView } from "#engine/contract/views/organisation.ts";

export interface Session {
  me: MeView;
  /** Domain time minus this browser's time: a virtual clock is respected on every "in 3 days". */
  ahead: number;
}

/** Filled by the session gate in `app/`; null outside the frame (sign-in, set-up). */
export const SessionContext = createContext<Session | null>(null);

/** The reader, or null outside the frame. */
export const useMaybeMe = (): MeView | null => useContext(SessionContext)?.me ?? null;

/** The reader; only inside the frame. */
export function useMe(): MeView {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useMe needs the session gate around it");
  return session.me;
}

/** Whether the reader may do something: `design`, `administer`, `people`, `metrics`, `incentives`, `launch`. */
export const useMay = (what: string): boolean => useMaybeMe()?.may.includes(what) ?? false;

/** How far domain time is ahead of this browser's clock, in milliseconds. */
export const useAhead = (): number => useContext(SessionContext)?.ahead ?? 0;
