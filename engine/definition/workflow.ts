import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { Steps } from "../steps/step.ts";
import { Trigger } from "../steps/trigger.ts";

import { Id, Name } from "../words/ids.ts";
import { envelope, Layout, parameterised } from "./envelope.ts";
import { Field } from "./field.ts";
import { WorkflowTest } from "./story.ts";

/** What happens to open tasks when people move. */
export const OnMove = z.enum(["keep", "move", "share", "majority"]);
export type OnMove = z.infer<typeof OnMove>;

/** A process about a subject (a person, a unit, a metric, a record type), drawn as a statechart of steps. */
export const Workflow = z
  .strictObject({
    ...envelope("workflow"),
    ...parameterised,
    subject: Id,
    key: z.array(z.string().min(1).max(200)).min(1).max(10).optional(),
    onMove: OnMove.optional(),
    triggers: z.array(Trigger).max(20).optional(),
    eligible: Conditions.optional(),
    data: z.record(Name, Field).optional(),
    start: Id,
    steps: Steps,
    /** Stories it must tell as said; they run before a publish and stop it when red. */
    tests: z.array(WorkflowTest).max(100).optional(),
    layout: Layout.optional(),
  })
  .meta({ id: "Workflow" });
export type Workflow = z.infer<typeof Workflow>;
