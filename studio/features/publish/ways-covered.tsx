import type { Workflow } from "#engine/definition/workflow.ts";
import type { Json } from "#engine/words/json.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Covered } from "./covered.tsx";

/** How far the tests beside a workflow go: how many there are, and which transitions none takes. */
export function WaysCovered({ workflow }: { workflow: Workflow }) {
  const { data } = useAnswer("testWorkflow", { body: { document: workflow as unknown as Json } });
  if (!data || data.total === 0) return null;
  const { kind, reached, total, runs, unreached } = data;
  return (
    <Covered kind={kind} share={reached / total} tests={runs.length} unreached={unreached.map(({ name }) => name)} />
  );
}
