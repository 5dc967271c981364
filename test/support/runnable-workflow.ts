type Node = Record<string, unknown>;
type Steps = Record<string, Node>;

/** A subflow that random workflows start, instead of themselves for ever. */
export const child = {
  kind: "workflow",
  schema: 1,
  id: "child",
  title: "Child",
  subject: "person",
  start: "ask",
  steps: {
    ask: {
      kind: "approval",
      title: "Ask",
      actor: { relation: "manager", else: { role: "hr-partner" } },
      deadline: { after: { days: 1 }, policy: "advance" },
      on: { approved: "yes", rejected: "no", due: "no" },
    },
    yes: { kind: "end", title: "Yes", outcome: "completed" },
    no: { kind: "end", title: "No", outcome: "stopped" },
  },
};

/**
 * A random workflow as somebody could publish it and a server alone could run it: what nothing leads to is gone, a subflow starts
 * `child`, and what only the outside answers (a call, a payout) is a message instead.
 */
export function runnableWorkflow(document: Node): Node {
  const { steps, ...rest } = structuredClone(document) as Node & { steps: Steps; start: string };
  return { ...rest, steps: pruned(steps, rest.start as string) };
}

function pruned(steps: Steps, start: string): Steps {
  const kept: Steps = {};
  const next = [start];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const step = steps[id];
    if (!step || kept[id]) continue;
    const own = alone(step);
    kept[id] = own;
    next.push(...Object.values((own.on ?? {}) as Node).flatMap(targets));
  }
  return kept;
}

function alone(step: Node): Node {
  switch (step.kind) {
    case "call":
    case "payout":
      return {
        kind: "notify",
        title: step.title,
        to: [{ relation: "subject" }],
        message: "Instead.",
        on: { done: (step.on as Node).done },
      };
    case "subflow":
      return { ...step, workflow: "child" };
    case "group":
      return { ...step, steps: pruned(step.steps as Steps, step.start as string) };
    case "parallel": {
      const branches = Object.entries(step.branches as Record<string, { start: string; steps: Steps }>);
      const inside = branches.map(([name, one]) => [name, { ...one, steps: pruned(one.steps, one.start) }]);
      return { ...step, branches: Object.fromEntries(inside) };
    }
    default:
      return step;
  }
}

const targets = (way: unknown): string[] =>
  [way].flat().map((one) => (typeof one === "string" ? one : (one as { to: string }).to));
