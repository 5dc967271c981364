import { type ReactNode, Suspense } from "react";
import { useMaybeMe } from "../api/me.ts";
import { Forbidden, PageSkeleton } from "../ui/states.tsx";

/** A page while its code is on its way, and instead of it when the reader may not see it. */
export function Screen({ needs, children }: { needs?: string | undefined; children: ReactNode }) {
  const me = useMaybeMe();
  if (needs && me && !me.may.includes(needs)) return <Forbidden />;
  return <Suspense fallback={<PageSkeleton />}>{children}</Suspense>;
}
