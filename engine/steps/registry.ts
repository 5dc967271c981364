import { approval } from "./approval.ts";
import { calibration } from "./calibration.ts";
import { call } from "./call.ts";
import { decision } from "./decision.ts";
import { end } from "./end.ts";
import { form } from "./form.ts";
import { group } from "./group.ts";
import type { StepKindSpec } from "./kind.ts";
import { level } from "./level.ts";
import type { LevelStep, Lowering, StateNode } from "./lowering.ts";
import { notify } from "./notify.ts";
import { parallel } from "./parallel.ts";
import { payout } from "./payout.ts";
import { record } from "./record.ts";
import type { Step, StepKind } from "./step.ts";
import { subflow } from "./subflow.ts";
import { wait } from "./wait.ts";

/** Every kind of step: adding one is one file and one line here; the compiler then points to what is missing. */
export const STEP_KINDS: { [K in StepKind]: StepKindSpec<Extract<Step, { kind: K }>> } = {
  form,
  approval,
  decision,
  wait,
  notify,
  parallel,
  group,
  calibration,
  record,
  payout,
  call,
  subflow,
  end,
};

/** The steps that a machine is made of: the author's, and the levels that a ladder lowers to. */
export type MachineStep = Step | LevelStep;

/** What a step kind is, for the author's kinds and for the ladder's own. */
export function kindOf<S extends MachineStep>(step: S): StepKindSpec<S> {
  const spec = step.kind === "level" ? level : STEP_KINDS[step.kind];
  return spec as unknown as StepKindSpec<S>;
}

/** Lowers one step to a state of the machine. */
export function lowerStep(id: string, step: MachineStep, lowering: Lowering): StateNode {
  return kindOf(step).lower(id, step, lowering);
}
