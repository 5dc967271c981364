import type { Workflow } from "../definition/workflow.ts";
import { type DrawnWay, drawnWays, type PlacedStep, placedSteps, type Scope } from "../steps/placed-steps.ts";
import type { Step } from "../steps/step.ts";
import type { Clock } from "../time/clock.ts";
import { joinInWords } from "./join-in-words.ts";
import type { OutlineEdge, OutlineNode } from "./model.ts";
import { peopleInWords, personInWords } from "./person-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, spell, timesInWords } from "./words.ts";

/** A workflow's steps as boxes, groups and branches as frames, transitions as arrows in the order in which they are tried. */
export function workflowOutline(workflow: Workflow, wording: Wording): { nodes: OutlineNode[]; edges: OutlineEdge[] } {
  const placed = placedSteps(workflow);
  const nodeIds = new Map(
    placed.all.map((step) => [step, placed.byId.get(step.id) === step ? step.id : `${step.id}${step.path}`]),
  );
  const nodes: OutlineNode[] = [];
  for (const step of placed.all) {
    nodes.push(stepNode(step, nodeIds, workflow, wording));
    if (step.step.kind !== "parallel") continue;
    for (const [id, branch] of Object.entries(step.step.branches)) {
      const path = `${step.path}/branches/${id}`;
      const parent = nodeIds.get(step)!;
      nodes.push({
        id: `${parent}:${id}`,
        kind: "branch",
        title: branch.title ?? capital(spell(id)),
        chips: [],
        parent,
        start: false,
        path,
      });
    }
  }
  const edges = placed.all.flatMap((step) =>
    drawnWays(step).flatMap((way): OutlineEdge[] => {
      const target = step.scope.steps.get(way.transition.to);
      if (!target) return [];
      const label = wayInWords(way, wording);
      const guarded = way.transition.when !== undefined;
      return [
        {
          id: way.path,
          from: nodeIds.get(step)!,
          to: nodeIds.get(target)!,
          label,
          event: way.event,
          guarded,
          path: way.path,
        },
      ];
    }),
  );
  const undone = placed.all.flatMap((step): OutlineEdge[] => {
    const by = "undo" in step.step && step.step.undo !== undefined ? step.scope.steps.get(step.step.undo) : undefined;
    if (!by) return [];
    const path = `${step.path}/undo`;
    const [from, to] = [nodeIds.get(step)!, nodeIds.get(by)!];
    return [{ id: path, from, to, label: "undone by, if cancelled", event: "undo", guarded: false, path }];
  });
  return { nodes, edges: [...edges, ...undone] };
}

function stepNode(
  placed: PlacedStep,
  nodeIds: Map<PlacedStep, string>,
  workflow: Workflow,
  wording: Wording,
): OutlineNode {
  const { step, scope, path } = placed;
  const position = workflow.layout?.[placed.id];
  const parent = frameId(scope, nodeIds);
  const subtitle = subtitleOf(step, wording);
  const time = timeOf(step, wording);
  return {
    id: nodeIds.get(placed)!,
    kind: step.kind,
    title: step.title,
    ...(subtitle ? { subtitle: capital(subtitle) } : {}),
    ...(time ? { time } : {}),
    chips: chipsOf(step),
    ...(parent ? { parent } : {}),
    start: scope.start === placed.id,
    path,
    ...(position ? { position } : {}),
  };
}

function frameId(scope: Scope, nodeIds: Map<PlacedStep, string>): string | undefined {
  if (!scope.owner) return undefined;
  const owner = nodeIds.get(scope.owner)!;
  return scope.branch ? `${owner}:${scope.branch.id}` : owner;
}

/** Who does the step, or what it is about. */
function subtitleOf(step: Step, wording: Wording): string | undefined {
  switch (step.kind) {
    case "form":
    case "approval":
    case "calibration":
      if (step.each) return peopleInWords([step.each.of].flat());
      if (step.actor) return personInWords(step.actor);
      return step.actors && peopleInWords(step.actors);
    case "decision":
      return `by the rules ${wording.document("ruleset", step.rules)}`;
    case "notify":
      return `to ${peopleInWords(step.to)}`;
    case "payout":
      return `by the plan ${wording.document("plan", step.plan)}`;
    case "subflow":
      return wording.document("workflow", step.workflow);
    case "call":
      return new URL(step.url).host;
    case "record": {
      const written = (step.write ?? []).map((write) =>
        "to" in write ? write.to : "metric" in write ? write.metric : write.record,
      );
      const parts = [...Object.keys(step.set ?? {}), ...written].map(spell);
      return parts.length > 0
        ? `writes ${parts.join(", ")}`
        : step.release && `releases ${step.release.map(spell).join(", ")}`;
    }
    case "end":
      return step.outcome && spell(step.outcome);
    default:
      return undefined;
  }
}

/** The clock that runs on a step: what it waits for, or the time allowed. */
function clockOf(step: Step): Clock | undefined {
  return step.kind === "wait" ? step.until : "deadline" in step ? step.deadline : undefined;
}

function timeOf(step: Step, wording: Wording): string | undefined {
  const clock = clockOf(step);
  if (!clock) return undefined;
  return clock.after ? wording.shortDuration(clock.after) : wording.clock(clock);
}

function chipsOf(step: Step): string[] {
  const deadline = "deadline" in step ? step.deadline : undefined;
  const policy = deadline?.policy ?? (deadline?.escalation ? "escalate" : undefined);
  return [
    ...(policy === "escalate"
      ? ["escalates"]
      : policy === "advance" || policy === "advance-flagged"
        ? ["goes on when due"]
        : []),
    ...("each" in step && step.each ? ["for each"] : []),
    ...(("each" in step && step.each) || step.kind === "parallel" ? [`goes on with ${joinInWords(step.join)}`] : []),
    ...("mode" in step && step.mode === "iterative" ? ["passed to and fro"] : []),
    ...("mode" in step && step.mode === "collaborative" ? ["filled in together"] : []),
    ...("bundle" in step && step.bundle ? ["one task of many"] : []),
    ...(clockOf(step)?.pause?.length ? ["clock pauses"] : []),
    ...("optional" in step && step.optional ? ["optional"] : []),
    ...("shared" in step && step.shared ? ["shared"] : []),
    ...(step.kind === "record" && step.release ? ["releases"] : []),
    ...(step.kind === "wait" && step.for?.length
      ? [`waits for ${step.for.map((trigger) => spell(trigger.on)).join(", ")}`]
      : []),
  ];
}

const reserved: Record<string, string> = {
  due: "when due",
  failed: "if it fails",
  "not-evaluated": "if data is missing",
  otherwise: "otherwise",
  done: "",
};

/** A way in words: `submitted`, `approved, if rating is at least 4`, `disputed (at most twice)`. */
export function wayInWords(way: DrawnWay, wording: Wording): string {
  const event = reserved[way.event] ?? spell(way.event);
  const condition = way.transition.when ? `if ${wording.condition(way.transition.when)}` : way.index > 0 ? "else" : "";
  const bound = way.transition.maxVisits === undefined ? "" : ` (at most ${timesInWords(way.transition.maxVisits)})`;
  const back = way.transition.history ? ", where it left off" : "";
  return `${[event, condition].filter((part) => part !== "").join(", ")}${bound}${back}`.trim();
}
