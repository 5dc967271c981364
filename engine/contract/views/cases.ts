import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Instant, PersonBrief } from "../common.ts";
import { Subject } from "../subject.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** What a case knows: a value, and whether it is a share of one that people read in percent. */
const CaseDatum = z.object({ name: z.string(), title: z.string(), value: Json, percent: z.boolean().optional() });

/** A case as lists show it. */
export const CaseBrief = z
  .object({
    id: z.string(),
    kind: z.enum(["workflow", "escalation"]),
    definition: z.object({ id: z.string(), title: z.string(), version: z.number().int() }),
    subject: Subject,
    subjectName: z.string(),
    unit: z.string().nullable(),
    period: z.string().nullable(),
    status: z.enum(["open", "blocked", "closed", "cancelled"]),
    outcome: z.string().nullable(),
    /** Titles of the steps where the case stands. */
    steps: z.array(z.string()),
    openedAt: Instant,
    closedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    /** Past its due date; never while it is paused. */
    overdue: z.boolean(),
    /** It stands still as a whole: no clock of it runs, and its tasks wait. */
    paused: z.boolean(),
    revision: z.number().int(),
  })
  .meta({ id: "CaseBrief" });
export type CaseBrief = z.infer<typeof CaseBrief>;

/** A task as lists show it. */
export const TaskBrief = z
  .object({
    id: z.string(),
    caseId: z.string(),
    step: z.string(),
    title: z.string(),
    kind: z.string(),
    workflow: named,
    subject: Subject,
    subjectName: z.string(),
    period: z.string().nullable(),
    outcomes: z.array(z.string()),
    assignees: z.array(PersonBrief),
    claimedBy: z.string().nullable(),
    status: z.enum(["open", "done", "cancelled"]),
    openedAt: Instant,
    dueAt: Instant.nullable(),
    overdue: z.boolean(),
    /** Its case is paused: it can be read, and done when the case goes on. */
    paused: z.boolean(),
    /** Why it is with these people, as a sentence. */
    because: z.string(),
    /** In the reader's own open tasks, a bundle stands as its row due first: how many rows it has, and how many are late. */
    bundle: z.object({ rows: z.number().int(), overdue: z.number().int() }).optional(),
  })
  .meta({ id: "TaskBrief" });
export type TaskBrief = z.infer<typeof TaskBrief>;

/**
 * One of many that are worked on together: an open task of a bundle, answered by `POST /api/tasks/{id}/rows`, or somebody
 * whose rating a calibration session is about, answered by `rows` of its `complete` command.
 */
export const TaskRow = z
  .object({
    /** Of a bundle the row's own task; of a session the subject's id. */
    id: z.string(),
    caseId: z.string(),
    revision: z.number().int(),
    subject: Subject,
    subjectName: z.string(),
    dueAt: Instant.nullable(),
    overdue: z.boolean(),
    /** Why it is here, as a sentence; the whole story is the case's "why?". */
    because: z.string(),
    /** What the reader may see of the row's case. */
    caseData: z.array(CaseDatum),
  })
  .meta({ id: "TaskRow" });
export type TaskRow = z.infer<typeof TaskRow>;

/** Answers to rows of a bundle: each its own, or the same for all of them. Rows that are gone are said, and lose nothing else. */
export const TaskRowsRequest = z
  .strictObject({
    rows: z
      .array(
        z.strictObject({
          task: z.string().max(300),
          outcome: z.string().max(64),
          answers: z.record(z.string().max(64), Json).optional(),
          comment: z.string().max(4000).optional(),
        }),
      )
      .min(1)
      .max(1000),
    /** Makes it safe to send twice; each row has a key of its own below it. */
    key: z.string().min(8).max(60).optional(),
  })
  .meta({ id: "TaskRowsRequest" });
export type TaskRowsRequest = z.infer<typeof TaskRowsRequest>;

/** What became of each row, in the order asked. */
export const TaskRowsAnswer = z
  .object({
    done: z.number().int(),
    results: z.array(z.object({ task: z.string(), ok: z.boolean(), code: z.string().nullable(), message: z.string() })),
  })
  .meta({ id: "TaskRowsAnswer" });
export type TaskRowsAnswer = z.infer<typeof TaskRowsAnswer>;

/** A calibration session: who runs it, who takes part, whom it is about. */
export const SessionView = z
  .object({
    status: z.enum(["set-up", "in-progress", "final"]),
    owner: PersonBrief.nullable(),
    facilitators: z.array(PersonBrief),
    participants: z.array(PersonBrief),
    subjects: z.array(
      z.object({ subject: Subject, name: z.string(), caseId: z.string().nullable(), joinedAt: Instant }),
    ),
  })
  .meta({ id: "SessionView" });
export type SessionView = z.infer<typeof SessionView>;

/** What a person needs to do a task. */
export const TaskView = z
  .object({
    task: TaskBrief,
    revision: z.number().int(),
    /** The form document of the pinned version; null where the task has none. */
    form: Json.nullable(),
    answers: z.record(z.string(), Json),
    /** Answers typed but not sent, with when they were kept. */
    draft: z.object({ answers: z.record(z.string(), Json), savedAt: Instant, revision: z.number().int() }).nullable(),
    /** Numbers shown beside the questions, by question id, and case data the reader may see. */
    shown: z.array(
      z.object({
        question: z.string(),
        metric: z.string(),
        title: z.string(),
        value: Json,
        target: Json,
        attainment: Json,
        asOf: z.string().nullable(),
        stale: z.boolean(),
      }),
    ),
    caseData: z.array(CaseDatum),
    earlier: z.array(
      z.object({
        step: z.string(),
        title: z.string(),
        by: z.string(),
        at: Instant,
        answers: z.array(z.object({ title: z.string(), value: Json })),
      }),
    ),
    /** Until then it can only be read, and until then it cannot be handed in. */
    opensAt: Instant.optional(),
    leavesFrom: Instant.optional(),
    /** Of a task that several people work on: in turns, or all at once. */
    together: z
      .object({
        mode: z.enum(["iterative", "collaborative"]),
        passes: z.number().int(),
        holders: z.array(PersonBrief),
        handsIn: z.array(PersonBrief),
        others: z.array(PersonBrief),
      })
      .optional(),
    /** Whether the reader may hand it in; false also where they may write in it and another hands it in. */
    mayHandIn: z.boolean().optional(),
    mayAct: z.boolean(),
    /** The rows of a bundle or of a session; absent where the task stands alone. */
    rows: z.array(TaskRow).optional(),
  })
  .meta({ id: "TaskView" });
export type TaskView = z.infer<typeof TaskView>;

/** An armed timer. */
export const TimerView = z
  .object({ id: z.string(), step: z.string(), title: z.string(), dueAt: Instant, generation: z.number().int() })
  .meta({ id: "TimerView" });

/** A journal entry as a sentence, with what it rests on. */
export const JournalView = z
  .object({
    seq: z.number().int(),
    at: Instant,
    dueAt: Instant.nullable(),
    late: z.boolean(),
    by: named.nullable(),
    type: z.string(),
    /** A sentence: "Ana Ruiz submitted Self review". */
    words: z.string(),
    details: z.array(z.string()),
    steps: z.array(z.string()),
    hash: z.string(),
    hasWhy: z.boolean(),
  })
  .meta({ id: "JournalView" });
export type JournalView = z.infer<typeof JournalView>;

/** One case whole. */
export const CaseView = z
  .object({
    case: CaseBrief,
    /** The pinned document that is drawn. */
    document: Json,
    /** Step ids where the case stands; ids passed through, in order; transitions taken, in order. */
    active: z.array(z.string()),
    visited: z.array(z.string()),
    taken: z.array(z.object({ from: z.string(), to: z.string(), event: z.string(), at: Instant })),
    tasks: z.array(TaskBrief),
    timers: z.array(TimerView),
    /** Clocks that stand still, since when and why, as a sentence. */
    standing: z
      .array(z.object({ step: z.string(), title: z.string(), since: Instant, because: z.string() }))
      .optional(),
    /** The case itself is paused; `with`: for as long as the case that began it is. */
    paused: z
      .object({ since: Instant, reason: z.string(), by: PersonBrief.nullable(), with: z.string().optional() })
      .optional(),
    data: z.array(CaseDatum.extend({ hidden: z.boolean() })),
    /** Where it is stuck and why; with the child that failed, where it is one. */
    blocked: z.array(
      z.object({ step: z.string(), code: z.string(), message: z.string(), caseId: z.string().optional() }),
    ),
    possible: z.array(z.object({ event: z.string(), step: z.string(), title: z.string(), by: z.array(PersonBrief) })),
    journal: z.array(JournalView),
    related: z.array(
      z.object({
        caseId: z.string(),
        title: z.string(),
        relation: z.enum(["parent", "child", "escalation", "about", "shared", "member"]),
        status: z.string(),
      }),
    ),
    /** Of a case that many share: its session. */
    session: SessionView.optional(),
    mayAdminister: z.boolean(),
  })
  .meta({ id: "CaseView" });
export type CaseView = z.infer<typeof CaseView>;

/** A node of a condition tree with its verdict: what "why?" draws. */
export interface TraceView {
  kind: "all" | "any" | "not" | "condition" | "comparison";
  verdict: "true" | "false" | "not evaluated";
  words: string;
  deciding: boolean;
  fact?: string;
  actual?: Json;
  expected?: Json;
  asOf?: string;
  source?: string;
  children?: TraceView[];
}
export const TraceView: z.ZodType<TraceView> = z
  .object({
    kind: z.enum(["all", "any", "not", "condition", "comparison"]),
    verdict: z.enum(["true", "false", "not evaluated"]),
    words: z.string(),
    deciding: z.boolean(),
    fact: z.string().optional(),
    actual: Json.optional(),
    expected: Json.optional(),
    asOf: z.string().optional(),
    source: z.string().optional(),
    get children() {
      return z.array(TraceView).optional();
    },
  })
  .meta({ id: "TraceView" }) as unknown as z.ZodType<TraceView>;

/** The answer to "why?": sentences first, then the rules with their condition trees, from the journal and never from today. */
export const WhyView = z
  .object({
    question: z.string(),
    answer: z.array(z.string()),
    rules: z.array(
      z.object({
        name: z.string(),
        verdict: z.string(),
        event: z.string(),
        won: z.boolean(),
        trace: TraceView.nullable(),
      }),
    ),
    people: z.array(z.object({ ref: z.string(), found: z.array(PersonBrief), because: z.string() })),
    facts: z.array(
      z.object({
        fact: z.string(),
        value: Json,
        /** The value in words, by its unit. */
        said: z.string(),
        asOf: z.string().nullable(),
        source: z.string(),
      }),
    ),
    /** What "why not?" can be asked of here: decisions with their answers, and conditions. */
    asks: z.array(z.object({ key: z.string(), title: z.string(), now: z.string(), answers: z.array(z.string()) })),
  })
  .meta({ id: "WhyView" });
export type WhyView = z.infer<typeof WhyView>;

/** A message to a person. */
export const MessageView = z
  .object({
    id: z.string(),
    caseId: z.string().nullable(),
    taskId: z.string().nullable(),
    title: z.string(),
    body: z.string(),
    at: Instant,
    readAt: Instant.nullable(),
    kind: z.enum(["task", "notice", "escalation"]),
  })
  .meta({ id: "Message" });

/** Home: what runs, what is late, what needs me. */
export const HomeView = z
  .object({
    mine: z.object({ open: z.number().int(), overdue: z.number().int(), next: z.array(TaskBrief) }),
    running: z.array(
      z.object({
        definition: z.object({ kind: z.string(), id: z.string(), title: z.string() }),
        open: z.number().int(),
        blocked: z.number().int(),
        overdue: z.number().int(),
        closed: z.number().int(),
        /** Required tasks completed over required tasks due, with what was left out (RC14). */
        completion: z.object({
          completed: z.number().int(),
          due: z.number().int(),
          rate: z.number().nullable(),
          excluded: z.array(z.object({ why: z.string(), count: z.number().int() })),
        }),
      }),
    ),
    late: z.array(CaseBrief),
    blocked: z.array(CaseBrief),
    deadEffects: z.number().int(),
    orphans: z.number().int(),
    upcoming: z.array(z.object({ title: z.string(), at: Instant })),
  })
  .meta({ id: "HomeView" });
export type HomeView = z.infer<typeof HomeView>;

/** An effect that could not be delivered, or waits for its next try. */
export const EffectView = z
  .object({
    id: z.string(),
    caseId: z.string().nullable(),
    kind: z.string(),
    words: z.string(),
    status: z.enum(["waiting", "sending", "done", "dead"]),
    tries: z.number().int(),
    nextAt: Instant.nullable(),
    error: z.string().nullable(),
    createdAt: Instant,
  })
  .meta({ id: "EffectView" });
