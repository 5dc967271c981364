import { lazy, Suspense } from "react";
import type { TextIssue } from "#engine/definition/parse-text.ts";
import { ListSkeleton } from "../../ui/states.tsx";

const SourceEditor = lazy(() => import("./source-editor.tsx"));

/** The source; Monaco comes only when it is asked for. `reveal` are segments of what to bring into view. */
export function SourceTab(props: { issues: readonly TextIssue[]; reveal: readonly string[] | null }) {
  return (
    <Suspense fallback={<ListSkeleton rows={14} height={22} />}>
      <SourceEditor {...props} />
    </Suspense>
  );
}
