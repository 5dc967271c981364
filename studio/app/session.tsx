import { createContext, type ReactNode, useContext, useMemo } from "react";
import { Navigate, useLocation } from "react-router";
import type { MeView } from "#engine/contract/views/organisation.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Failed } from "../ui/states.tsx";
import { Starting } from "./starting.tsx";

interface Session {
  me: MeView;
  /** Domain time minus this browser's time: a virtual clock is respected on every "in 3 days". */
  ahead: number;
}
const SessionContext = createContext<Session | null>(null);

/** Asks who is here before anything is shown; without a session it leads to sign-in, on an empty database to set-up. */
export function SessionGate({ children }: { children: ReactNode }) {
  const location = useLocation();
  const answer = useAnswer("me", {});
  const session = useMemo(
    () => (answer.data ? { me: answer.data, ahead: answer.data.now - answer.dataUpdatedAt } : null),
    [answer.data, answer.dataUpdatedAt],
  );
  if (answer.error && answer.error.status === 401) return <Navigate to="/sign-in" replace />;
  if (answer.error && !session) {
    return answer.error.status === 503 || answer.error.status === 0 ? (
      <Starting onReady={() => void answer.refetch()} />
    ) : (
      <Failed error={answer.error} retry={() => void answer.refetch()} />
    );
  }
  if (!session) return null;
  if (session.me.needsSetup && !session.me.signedIn) return <Navigate to="/setup" replace />;
  if (!session.me.signedIn && !session.me.viewingAs) {
    return <Navigate to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

/** The reader, or null outside the frame (sign-in, set-up). */
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
