import type { AnyStateMachine } from "xstate";
import type { Catalogue } from "../definition/catalogue.ts";
import type { Escalation } from "../definition/escalation.ts";
import type { Form } from "../definition/form.ts";
import { contentHash } from "../definition/hash.ts";
import type { Parameter } from "../definition/parameter.ts";
import type { Ruleset } from "../definition/ruleset.ts";
import type { Workflow } from "../definition/workflow.ts";
import { type CompiledRuleset, compileRuleset } from "../rules/decide.ts";
import type { FactUse } from "../rules/facts.ts";
import { type CompiledConditions, compileConditions } from "../rules/guard.ts";
import { pauseConditions } from "../time/clock.ts";
import { error, type Issue, IssuesError } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { lower, type MachineConfig } from "./lower.ts";
import { lowerEscalation } from "./lower-escalation.ts";
import { machineOf } from "./machine.ts";
import { declaredParameters } from "./parameters.ts";
import type { SourceMap } from "./source-map.ts";
import { factsByStep, usesOfValues } from "./uses.ts";

/** A definition ready to run. Holds no case and may be shared by all of its version's cases. */
export interface Compiled {
  definition: Workflow | Escalation;
  /** Content hash of the definition: a snapshot of another is refused. */
  hash: string;
  config: MachineConfig;
  machine: AnyStateMachine;
  map: SourceMap;
  parameters: Record<string, Parameter>;
  /** Guards by transition. */
  guards: ReadonlyMap<string, CompiledConditions>;
  /** Conditions while which a clock stands still, by clock. */
  pauses: ReadonlyMap<string, { position: number; conditions: CompiledConditions }[]>;
  /** Rule sets by decision step. */
  decisions: ReadonlyMap<string, { ruleset: Ruleset; compiled: CompiledRuleset }>;
  /** Forms by id, as they were when the version was published. */
  forms: ReadonlyMap<string, Form>;
  /** Stored facts that may be read from each step on, before the case waits again. */
  facts: ReadonlyMap<string, readonly FactUse[]>;
}

/**
 * Compiles a workflow or an escalation with what it refers to. Throws IssuesError, naming the place, for whatever keeps it
 * from running: a missing rule set or form, conditions that cannot be read, a machine that XState refuses.
 */
export function compile(definition: Workflow | Escalation, catalogue: Catalogue): Compiled {
  const drawing = definition.kind === "escalation" ? lowerEscalation(definition) : definition;
  const { config, map } = lower(drawing);
  const issues: Issue[] = [];
  const guards = new Map<string, CompiledConditions>();
  for (const way of map.ways.values()) {
    if (way.when)
      attempt(issues, () =>
        guards.set(way.key, compileConditions(way.when, { at: pointer("steps", way.from, "on", way.event) })),
      );
  }
  const pauses = new Map<string, { position: number; conditions: CompiledConditions }[]>();
  for (const { key, step, purpose, clock } of map.clocks.values()) {
    for (const { position, conditions } of pauseConditions(clock))
      attempt(issues, () => {
        const compiled = compileConditions(conditions, { at: pointer("steps", step, purpose, "pause", position) });
        pauses.set(key, [...(pauses.get(key) ?? []), { position, conditions: compiled }]);
      });
  }
  const decisions = new Map<string, { ruleset: Ruleset; compiled: CompiledRuleset }>();
  const forms = new Map<string, Form>();
  for (const { id, step } of map.steps.values()) {
    if (step.kind === "decision") {
      const ruleset = catalogue.find("ruleset", step.rules);
      if (ruleset) attempt(issues, () => decisions.set(id, { ruleset, compiled: compileRuleset(ruleset) }));
      else
        issues.push(
          error(
            "unknown-reference",
            pointer("steps", id, "rules"),
            `There is no rule set "${step.rules}".`,
            "Choose one, or publish it first.",
          ),
        );
    }
    if ((step.kind === "form" || step.kind === "approval" || step.kind === "calibration") && step.form) {
      const form = catalogue.find("form", step.form);
      if (form) forms.set(form.id, form);
      else
        issues.push(
          error(
            "unknown-reference",
            pointer("steps", id, "form"),
            `There is no form "${step.form}".`,
            "Choose one, or publish it first.",
          ),
        );
    }
  }
  if (issues.length > 0) throw new IssuesError(issues);
  /** What decides whether the clocks of a step run. */
  const clockFacts = (id: string): FactUse[] =>
    [`${id}.deadline`, `${id}.until`].flatMap((key) =>
      (pauses.get(key) ?? []).flatMap(({ conditions }) => conditions.facts),
    );
  let machine: AnyStateMachine;
  try {
    machine = machineOf(config, map);
  } catch (cause) {
    const hint = "Check that every step leads to a step that exists.";
    throw new IssuesError([
      error("machine", "", `The drawing does not make a statechart: ${(cause as Error).message}`, hint),
    ]);
  }
  return {
    definition,
    hash: contentHash(definition),
    config,
    machine,
    map,
    parameters: declaredParameters(definition, catalogue),
    guards,
    pauses,
    decisions,
    forms,
    facts: factsByStep(
      map,
      (id) => [...ownFacts(map, id), ...clockFacts(id), ...(decisions.get(id)?.compiled.facts ?? [])],
      guards,
    ),
  };
}

function attempt(issues: Issue[], run: () => void): void {
  try {
    run();
  } catch (cause) {
    if (!(cause instanceof IssuesError)) throw cause;
    issues.push(...cause.issues);
  }
}

/** Facts that a step's own work reads when it is entered. */
function ownFacts(map: SourceMap, id: string): FactUse[] {
  const step = map.steps.get(id)!.step;
  switch (step.kind) {
    case "record":
      return usesOfValues([
        ...Object.values(step.set ?? {}),
        ...(step.write ?? []).flatMap((write) => ("fields" in write ? Object.values(write.fields) : [write.value])),
      ]);
    case "call":
      return usesOfValues(Object.values(step.body ?? {}));
    case "subflow":
      return usesOfValues(Object.values(step.with ?? {}));
    case "end":
      return usesOfValues(Object.values(step.result ?? {}));
    default:
      return [];
  }
}
