import type { Definition, Kind } from "../definition/definition.ts";
import { pointer } from "../words/pointer.ts";
import { referencesIn } from "./references.ts";
import type { LintSubject } from "./subject.ts";

/** A place where a document names another one. */
export interface DocumentReference {
  kind: Kind;
  id: string;
  path: string;
}

/** Every document that a definition names, with the place where it does. */
export function documentReferences({ definition, placed }: LintSubject): DocumentReference[] {
  const found: DocumentReference[] = [];
  const add = (kind: Kind, id: unknown, ...at: (string | number)[]) => {
    if (typeof id === "string") found.push({ kind, id, path: pointer(...at) });
  };
  for (const [index, id] of (("uses" in definition ? definition.uses : undefined) ?? []).entries()) {
    add("parameters", id, "uses", index);
  }
  for (const { fact, params, path } of referencesIn(definition).facts) {
    if (fact === "metric" && typeof params.id === "string" && !params.id.startsWith("$")) {
      found.push({ kind: "metric", id: params.id, path: `${path}/params/id` });
    }
  }
  for (const { step, path } of placed.all) {
    const here = (kind: Kind, id: unknown, member: string) => {
      if (typeof id === "string") found.push({ kind, id, path: `${path}/${member}` });
    };
    if ("form" in step) here("form", step.form, "form");
    if (step.kind === "decision") here("ruleset", step.rules, "rules");
    if (step.kind === "payout") here("plan", step.plan, "plan");
    if (step.kind === "subflow") here("workflow", step.workflow, "workflow");
    if ("deadline" in step) here("escalation", step.deadline?.escalation, "deadline/escalation");
    if (step.kind === "record") {
      for (const [index, write] of (step.write ?? []).entries()) {
        if ("metric" in write) here("metric", write.metric, `write/${index}/metric`);
        if ("record" in write) here("record-type", write.record, `write/${index}/record`);
      }
    }
  }
  ofKind(definition, add);
  named(definition, "", found);
  return found;
}

type Add = (kind: Kind, id: unknown, ...at: (string | number)[]) => void;

function ofKind(definition: Definition, add: Add): void {
  switch (definition.kind) {
    case "escalation": {
      if (definition.trigger && "metric" in definition.trigger && "rule" in definition.trigger) {
        add("metric", definition.trigger.metric, "trigger", "metric");
        add("ruleset", definition.trigger.rule, "trigger", "rule");
      }
      for (const [index, level] of definition.levels.entries()) {
        add("workflow", level.start?.workflow, "levels", index, "start", "workflow");
      }
      return;
    }
    case "plan":
      for (const [index, component] of (definition.components ?? []).entries()) {
        add("metric", component.measure, "components", index, "measure");
      }
      for (const [index, modifier] of (definition.modifiers ?? []).entries()) {
        add("ruleset", modifier.rules, "modifiers", index, "rules");
      }
      add("record-type", definition.transaction, "transaction");
      return;
    case "form":
      for (const [s, section] of definition.sections.entries()) {
        for (const [q, question] of section.questions.entries()) {
          add("metric", question.shows?.metric, "sections", s, "questions", q, "shows", "metric");
        }
      }
      return;
    case "cadence":
      add("workflow", definition.starts.workflow, "starts", "workflow");
      return;
    case "scorecard":
      for (const [index, metric] of definition.metrics.entries()) add("metric", metric, "metrics", index);
      return;
    case "metric":
      add("metric", definition.successor, "successor");
      return;
    default:
      return;
  }
}

/** Triggers and calendars mean the same wherever they stand: found by walking. */
function named(value: unknown, path: string, found: DocumentReference[]): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) named(item, `${path}/${index}`, found);
    return;
  }
  const object = value as Record<string, unknown>;
  if (typeof object.calendar === "string" && object.calendar !== "subject" && object.calendar !== "actor") {
    found.push({ kind: "calendar", id: object.calendar, path: `${path}/calendar` });
  }
  if (typeof object.on === "string") {
    for (const [member, kind] of [
      ["workflow", "workflow"],
      ["record", "record-type"],
      ["metric", "metric"],
    ] as const) {
      const id = object[member];
      if (typeof id === "string") found.push({ kind, id, path: `${path}/${member}` });
    }
  }
  for (const [key, child] of Object.entries(object)) {
    if (key !== "layout" && key !== "notes" && key !== "tests") named(child, path + pointer(key), found);
  }
}
