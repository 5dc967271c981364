import { outcomesOf } from "../steps/events.ts";
import { placedSteps } from "../steps/placed-steps.ts";
import type { Steps } from "../steps/step.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Escalation } from "./escalation.ts";
import type { Workflow } from "./workflow.ts";

/** What the workflow of a session is called. Ids of documents have no dot, so it is nobody else's. */
export const sessionId = (workflow: string, step: string): string => `${workflow}.${step}`;

/** The document behind an id, and the step where it is a session's. */
export function sessionOrigin(id: string): { workflow: string; step: string } | undefined {
  const dot = id.indexOf(".");
  return dot < 0 ? undefined : { workflow: id.slice(0, dot), step: id.slice(dot + 1) };
}

/**
 * The workflow of a calibration session that many cases share: the step by itself, as a case of its own, which ends by what its
 * facilitator chooses, or by `due`. Undefined where the step is no shared calibration.
 */
export function sessionWorkflow(workflow: Workflow, id: string): Workflow | undefined {
  const step = placedSteps(workflow).byId.get(id)?.step;
  if (step?.kind !== "calibration" || !step.shared) return undefined;
  const { shared, each: _each, join: _join, ...session } = step;
  const events = [...outcomesOf(session), ...(session.on.due ? ["due"] : [])];
  const endOf = (event: string) => `${id}-${event}`;
  const steps: Steps = {
    [id]: { ...session, on: Object.fromEntries(events.map((event) => [event, endOf(event)])) },
    ...Object.fromEntries(
      events.map((event) => [endOf(event), { kind: "end" as const, title: step.title, outcome: event }]),
    ),
  };
  return {
    kind: "workflow",
    schema: 1,
    id: sessionId(workflow.id, id),
    title: `${workflow.title}: ${step.title}`,
    subject: "unit",
    key: shared.key,
    ...(workflow.uses ? { uses: workflow.uses } : {}),
    ...(workflow.parameters ? { parameters: workflow.parameters } : {}),
    ...(workflow.onMove ? { onMove: workflow.onMove } : {}),
    start: id,
    steps,
  };
}

/** What runs under an id: a workflow, a ladder, or the session of a step. */
export function runnable(
  catalogue: Catalogue,
  kind: "workflow" | "escalation",
  id: string,
): Workflow | Escalation | undefined {
  const origin = kind === "workflow" ? sessionOrigin(id) : undefined;
  if (!origin) return catalogue.find(kind, id);
  const workflow = catalogue.find("workflow", origin.workflow);
  return workflow && sessionWorkflow(workflow, origin.step);
}
