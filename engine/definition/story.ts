import { z } from "zod";
import { Json } from "../words/json.ts";
import { Subject } from "../words/subject.ts";
import { Company } from "./company.ts";

const facts = z.record(z.string().max(200), Json);
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A stored figure: of a person, a unit or `organisation`, in a period such as `2026-02`. */
export const Figure = z.strictObject({
  metric: z.string(),
  of: z.string(),
  period: z.string(),
  value: decimal,
  target: decimal.optional(),
});
export type Figure = z.infer<typeof Figure>;

/** A stored record: a complaint, a note, a deal. */
export const StoryRecord = z.strictObject({
  type: z.string(),
  id: z.string(),
  /** The person it is about; a unit where `unit` says so. */
  about: z.string().optional(),
  unit: z.string().optional(),
  /** ISO date. */
  date: z.string().optional(),
  fields: facts,
});
export type StoryRecord = z.infer<typeof StoryRecord>;

/** What becomes known of a person: members that are absent stay as they are. */
export const PersonChange = z.strictObject({
  id: z.string(),
  status: z.enum(["active", "leave", "left"]).optional(),
  role: z.string().nullable().optional(),
  hireDate: z.string().nullable().optional(),
  endDate: z.string().nullable().optional(),
  fields: facts.optional(),
});
export type PersonChange = z.infer<typeof PersonChange>;

const which = {
  /** Definition id of the case that is meant; the first case where absent, else the last one of that definition. */
  of: z.string().optional(),
  /** Id of the subject of the case that is meant, where several cases of a definition run. */
  about: z.string().optional(),
};
export type Which = { of?: string | undefined; about?: string | undefined };

/** What must hold at a moment; members that are absent are not looked at. */
export const Expectation = z.strictObject({
  ...which,
  status: z.enum(["open", "blocked", "closed", "cancelled"]).optional(),
  outcome: z.string().optional(),
  /** Where the case stands: ids of steps, in any order. */
  steps: z.array(z.string()).optional(),
  /** Open tasks by person: ids of steps. Everyone with an open task in that case is named. */
  tasks: z.record(z.string(), z.array(z.string())).optional(),
  data: facts.optional(),
  result: facts.optional(),
  /** How many cases of that definition there are by now. */
  cases: z.record(z.string(), z.number().int()).optional(),
  /** Titles of the messages that each person has got so far, as many as are named, in order, the last ones. */
  messages: z.record(z.string(), z.array(z.string())).optional(),
  /** Kinds of the effects asked for so far, counted. */
  effects: z.record(z.string(), z.number().int()).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

const beginning = {
  subject: Subject,
  period: z.string().nullable().optional(),
  trigger: facts.optional(),
  with: facts.optional(),
  /** Several at once that share one case, as breaches do that are grouped: the key, and what came with each. */
  together: z
    .strictObject({
      key: z.string(),
      withinMinutes: z.number().int().min(1).optional(),
      members: z.array(z.strictObject({ subject: Subject, with: facts })).min(1),
    })
    .optional(),
};
const definition = z.strictObject({ kind: z.enum(["workflow", "escalation"]), id: z.string() });

/** How a case begins. */
export const Beginning = z.strictObject({ definition, ...beginning });
export type Beginning = z.infer<typeof Beginning>;

/** One moment of a scenario: time moves first, then something becomes known, then something happens, then something is expected. */
export const Moment = z.strictObject({
  /** Local date and time in the organisation's zone, e.g. `2026-03-02T09:00`. */
  at: z.string().optional(),
  figures: z.array(Figure).optional(),
  people: z.array(PersonChange).optional(),
  /** Another case begins. */
  start: Beginning.optional(),
  complete: z
    .strictObject({
      ...which,
      step: z.string(),
      outcome: z.string(),
      /** Whose task it is, where many have one at that step; who acts, where several could. */
      by: z.string().optional(),
      answers: facts.optional(),
      /** Of a session: what is different for a member, by the id of its subject. */
      rows: z.record(z.string(), facts).optional(),
    })
    .optional(),
  /** A task that several people work on in turns is passed on: to the one named, else to the next. */
  pass: z
    .strictObject({
      ...which,
      step: z.string(),
      by: z.string().optional(),
      to: z.string().optional(),
      answers: facts.optional(),
    })
    .optional(),
  transfer: z.strictObject({ ...which, step: z.string(), to: z.string(), reason: z.string() }).optional(),
  event: z
    .strictObject({ ...which, event: z.string(), data: facts.optional(), by: z.string().nullable().optional() })
    .optional(),
  answer: z.strictObject({ ...which, step: z.string(), outcome: z.string(), data: facts.optional() }).optional(),
  cancel: z.strictObject({ ...which, reason: z.string() }).optional(),
  /** The whole case stands still, and goes on. */
  pause: z.strictObject({ ...which, reason: z.string() }).optional(),
  resume: z.strictObject({ ...which, reason: z.string() }).optional(),
  retry: z.strictObject({ ...which, reason: z.string() }).optional(),
  /** The code of the refusal that what happens must meet. */
  refused: z.string().optional(),
  expect: z.union([Expectation, z.array(Expectation)]).optional(),
  note: z.string().optional(),
});
export type Moment = z.infer<typeof Moment>;

/**
 * A story that a workflow must tell, beside its definition: who does what when, and what is then true. It carries all that it
 * depends on but other documents, so that it tells the same tomorrow and elsewhere.
 */
export const WorkflowTest = z.strictObject({
  title: z.string().min(1).max(200),
  /** Local date and time in the zone of the company it plays in. */
  at: z.string(),
  ...beginning,
  /** The people it plays among; the made-up company of the templates where absent. */
  company: Company.optional(),
  parameters: facts.optional(),
  figures: z.array(Figure).optional(),
  records: z.array(StoryRecord).optional(),
  /** Stored facts as they were read, where no figures or records say them. */
  stored: z
    .array(z.strictObject({ fact: z.string(), params: Json, value: Json }))
    .max(500)
    .optional(),
  /** What is different of the people from the beginning. */
  people: z.array(PersonChange).optional(),
  moments: z.array(Moment).min(1).max(1000),
});
export type WorkflowTest = z.infer<typeof WorkflowTest>;

/** A story with the definition that it begins with, as templates write them. */
export const Scenario = WorkflowTest.extend({ definition });
export type Scenario = z.infer<typeof Scenario>;
