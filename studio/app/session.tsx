import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Navigate, useLocation } from "react-router";
import { SessionContext } from "../api/me.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Failed } from "../ui/states.tsx";
import { Starting } from "./starting.tsx";

/** Asks who is here before anything is shown; without a session it leads to sign-in, on an empty database to set-up. */
export function SessionGate({ children }: { children: ReactNode }) {
  const location = useLocation();
  const answer = useAnswer("me", {});
  const health = useAnswer("health", {});
  const client = useQueryClient();
  const session = useMemo(
    () => (answer.data ? { me: answer.data, ahead: answer.data.now - answer.dataUpdatedAt } : null),
    [answer.data, answer.dataUpdatedAt],
  );
  // The demo organisation is still being loaded: what could be shown now would be half of it.
  if (health.data?.demo) return <Starting onReady={() => void client.invalidateQueries()} />;
  if (answer.error && answer.error.status === 401) return <Navigate to="/sign-in" replace />;
  if (answer.error && !session) {
    return answer.error.status === 503 || answer.error.status === 0 ? (
      <Starting onReady={() => void answer.refetch()} />
    ) : (
      <Failed error={answer.error} retry={() => void answer.refetch()} />
    );
  }
  if (!session) return answer.failureCount > 0 ? <Starting onReady={() => void answer.refetch()} /> : null;
  if (session.me.needsSetup && !session.me.signedIn) return <Navigate to="/setup" replace />;
  if (!session.me.signedIn && !session.me.viewingAs) {
    return <Navigate to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  }
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
