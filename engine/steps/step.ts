import { z } from "zod";
import { Deadline } from "../time/clock.ts";
import { Id } from "../words/ids.ts";
import { ApprovalStep } from "./approval.ts";
import { CalibrationStep } from "./calibration.ts";
import { CallStep } from "./call.ts";
import { DecisionStep } from "./decision.ts";
import { EndStep } from "./end.ts";
import { FormStep } from "./form.ts";
import { NotifyStep } from "./notify.ts";
import { PayoutStep } from "./payout.ts";
import { RecordStep } from "./record.ts";
import { Join, onward } from "./shapes.ts";
import { SubflowStep } from "./subflow.ts";
import type { On } from "./transition.ts";
import { WaitStep } from "./wait.ts";

/** The steps that hold no other steps. */
export type LeafStep =
  | FormStep
  | ApprovalStep
  | DecisionStep
  | WaitStep
  | NotifyStep
  | CalibrationStep
  | RecordStep
  | PayoutStep
  | CallStep
  | SubflowStep
  | EndStep;

/** Steps drawn inside a frame, left by the outcome of an `end` inside it or by an event of its own (`due`). */
export interface GroupStep {
  kind: "group";
  title: string;
  description?: string;
  start: string;
  steps: Steps;
  deadline?: Deadline;
  on: On;
}

/** Branches that run side by side until the join is reached. */
export interface ParallelStep {
  kind: "parallel";
  title: string;
  description?: string;
  branches: Record<string, { title?: string; start: string; steps: Steps }>;
  join?: Join;
  deadline?: Deadline;
  on: On;
}

export type Step = LeafStep | GroupStep | ParallelStep;
export type StepKind = Step["kind"];
export type Steps = Record<string, Step>;

/** Steps by id. */
export const Steps: z.ZodType<Steps> = z
  .lazy(() => z.record(Id, Step))
  .meta({ id: "Steps" }) as unknown as z.ZodType<Steps>;

export const GroupStep: z.ZodType<GroupStep> = z
  .strictObject({
    kind: z.literal("group"),
    ...onward,
    start: Id,
    get steps() {
      return Steps;
    },
    deadline: Deadline.optional(),
  })
  .meta({ id: "GroupStep" }) as unknown as z.ZodType<GroupStep>;

const Branch = z
  .strictObject({
    title: z.string().max(200).optional(),
    start: Id,
    get steps() {
      return Steps;
    },
  })
  .meta({ id: "Branch" });

export const ParallelStep: z.ZodType<ParallelStep> = z
  .strictObject({
    kind: z.literal("parallel"),
    ...onward,
    branches: z.record(Id, Branch),
    join: Join.optional(),
    deadline: Deadline.optional(),
  })
  .meta({ id: "ParallelStep" }) as unknown as z.ZodType<ParallelStep>;

/** Any step of a workflow. */
export const Step: z.ZodType<Step> = z
  .discriminatedUnion("kind", [
    FormStep,
    ApprovalStep,
    DecisionStep,
    WaitStep,
    NotifyStep,
    ParallelStep as unknown as typeof FormStep,
    GroupStep as unknown as typeof ApprovalStep,
    CalibrationStep,
    RecordStep,
    PayoutStep,
    CallStep,
    SubflowStep,
    EndStep,
  ])
  .meta({ id: "Step" }) as unknown as z.ZodType<Step>;
