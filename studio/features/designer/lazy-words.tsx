import { lazy, Suspense } from "react";
import { ListSkeleton } from "../../ui/states.tsx";
import type { Problems } from "../problems/use-problems.ts";

const WordsTab = lazy(async () => ({ default: (await import("../words/words-tab.tsx")).WordsTab }));

/** The plain-English text; what writes it comes when it is asked for. */
export function LazyWords({ problems }: { problems: Problems }) {
  return (
    <Suspense fallback={<ListSkeleton rows={8} />}>
      <WordsTab problems={problems} />
    </Suspense>
  );
}
