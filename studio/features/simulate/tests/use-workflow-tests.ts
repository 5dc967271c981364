import { useEffect, useMemo, useState } from "react";
import type { Catalogue } from "#engine/definition/catalogue.ts";
import { type Definition, KIND_NAMES } from "#engine/definition/definition.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { type WorkflowCoverage, workflowCoverage } from "#engine/scenario/workflow-tests.ts";

/** The tests of the open workflow as they go now. */
export interface WorkflowTests {
  /** Undefined while they run for the first time, and where the workflow cannot run. */
  coverage: WorkflowCoverage | undefined;
  red: number;
}

/** Between two tests the page may paint. */
const breathe = () => new Promise<void>((goOn) => setTimeout(goOn, 0));

/** Every document that there is. */
export const documentsOf = (catalogue: Catalogue): Definition[] =>
  KIND_NAMES.flatMap((kind): Definition[] => catalogue.all(kind));

/** Tells the tests beside a workflow in the browser, again whenever it changes. */
export function useWorkflowTests(workflow: Workflow | null, catalogue: Catalogue): WorkflowTests {
  const [coverage, setCoverage] = useState<WorkflowCoverage | undefined>(undefined);
  const documents = useMemo(() => documentsOf(catalogue), [catalogue]);
  useEffect(() => {
    let gone = false;
    if (workflow === null) setCoverage(undefined);
    else
      workflowCoverage(workflow, documents, async () => {
        await breathe();
        if (gone) throw new Outdated();
      }).then(
        (found) => gone || setCoverage(found),
        (problem: unknown) => {
          if (!(problem instanceof Outdated)) throw problem;
        },
      );
    return () => {
      gone = true;
    };
  }, [workflow, documents]);
  return { coverage, red: coverage?.runs.filter(({ green }) => !green).length ?? 0 };
}

/** Thrown to leave a run of tests of a workflow that has changed meanwhile. */
class Outdated extends Error {}
