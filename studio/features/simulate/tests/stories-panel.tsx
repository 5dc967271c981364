import type { Json } from "#engine/words/json.ts";
import { setField } from "../../../document/commands/set-field.ts";
import { useLocked, useOpen, useRun } from "../../../document/editing.tsx";
import { valueAt } from "../../../document/json-value.ts";
import classes from "../../rules/tests/tests.module.css";
import { TestsSum, Unreached } from "../../rules/tests/tests-sum.tsx";
import { StoryCard } from "./story-card.tsx";
import type { WorkflowTests } from "./use-workflow-tests.ts";

/** The tests beside a workflow: how they go, which transitions none takes (grey on the canvas), and each to be played. */
export function StoriesPanel({ tests, onPlay }: { tests: WorkflowTests; onPlay: (index: number) => void }) {
  const listed = useOpen((state) => valueAt(state.document, ["tests"]));
  const locked = useLocked();
  const run = useRun();
  const list = Array.isArray(listed) ? listed : [];
  const { coverage } = tests;
  const set = (next: readonly Json[], label: string) =>
    run(setField(["tests"], next.length === 0 ? undefined : [...next]), label);
  return (
    <section className={classes.stories} aria-label="Tests">
      <h3>Tests</h3>
      <TestsSum count={list.length} red={tests.red} coverage={coverage} />
      {list.length > 0 && coverage && (
        <Unreached
          what="transitions"
          names={coverage.parts.filter(({ walkedIn }) => walkedIn.length === 0).map(({ words }) => words)}
        />
      )}
      {list.length === 0 && (
        <p className="secondary">
          A test says: when this happens, the case stands there. Simulate somebody, and save what you see as a test; it
          runs before every publish, and a red one stops it.
        </p>
      )}
      {list.map((_, index) => (
        <StoryCard
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity but their place
          key={index}
          index={index}
          run={coverage?.runs[index]}
          locked={locked}
          onPlay={() => onPlay(index)}
          onRemove={() => set(list.toSpliced(index, 1), "Delete a test")}
        />
      ))}
    </section>
  );
}
