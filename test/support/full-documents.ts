import type { Kind } from "#engine/definition/definition.ts";
import type { Json } from "#engine/words/json.ts";

type Doc = { [key: string]: Json };

const IF = { all: [{ fact: "person.role", operator: "equal", value: "sales" }] };
const FACT = { fact: "person.hireDate", params: { of: "$subject" }, path: "$.date", plus: { days: 3 } };
const OWNER = { role: "hr-admin" };
const PEOPLE = { relation: "manager", of: "actor", except: [{ relation: "subject" }], else: { role: "hr-partner" } };
const CLOCK = {
  after: { workingDays: 2, days: 1, hours: 3, minutes: 4, weeks: 5, months: 6 },
  from: FACT,
  calendar: "subject",
  pause: ["person.left", IF],
  resume: ["person.hired"],
  stop: ["case.closed"],
  reset: ["record.created"],
};
const DEADLINE = {
  ...CLOCK,
  policy: "advance-flagged",
  escalation: "late-review",
  start: "2027-01-01",
  exit: { fact: "person.hireDate", plus: { months: 3 } },
};
const VISIBILITY = { audience: ["manager", "hr-partner"], subjectAfter: "released" };
const EACH = { of: [PEOPLE, { queue: "reviewers" }], as: "rater", distinct: true, except: [{ relation: "manager" }] };
const VETO = [
  { count: "refused", atLeast: 1, emit: "refused" },
  { count: "approved", atLeast: "all", emit: "approved" },
];
const TRIGGER = {
  on: "record.created",
  workflow: "complaints",
  record: "complaint",
  metric: "sales",
  when: IF,
  subject: { fact: "record.about" },
  with: { priority: "high", count: 2 },
  shared: { key: ["subject"] },
  hold: { days: 30 },
};
const SHARED = { key: ["subject.unit", "period"], within: { minutes: 15 } };
const PARAMETER = {
  title: "Days",
  description: "How long it may take",
  type: "days",
  default: 10,
  min: 3,
  max: 30,
  step: 1,
  unit: "days",
  of: ["5", "10"],
  owner: OWNER,
};
const FIELD = {
  type: "choice",
  title: "Rating",
  min: 1,
  max: 5,
  of: ["low", "high"],
  default: "low",
  required: true,
  visibility: VISIBILITY,
};
const common = (kind: Kind): Doc => ({
  kind,
  schema: 1,
  id: `full-${kind}`,
  title: "Everything",
  description: "All of it",
});
const PARAMETERS = { parameters: { days: PARAMETER }, uses: ["care"] };

const ASKING = {
  description: "What it is for",
  actor: PEOPLE,
  deadline: DEADLINE,
  outcomes: ["submitted"],
  each: EACH,
  join: VETO,
  bundle: ["actor", "period"],
  optional: true,
  visibility: VISIBILITY,
};

const WORKFLOW: Doc = {
  ...common("workflow"),
  ...PARAMETERS,
  subject: "person",
  key: ["subject", "period"],
  onMove: "move",
  triggers: [TRIGGER],
  eligible: IF,
  data: { rating: FIELD },
  start: "self",
  steps: {
    self: {
      kind: "form",
      title: "Self review",
      ...ASKING,
      form: "self-review",
      on: {
        submitted: [
          { to: "again", when: IF, set: { rating: "high" }, history: true, maxVisits: 2, note: "Only once more" },
          "decide",
        ],
      },
    },
    again: {
      kind: "form",
      title: "Together",
      actors: [{ relation: "subject" }, { relation: "manager" }],
      exit: 1,
      mode: "iterative",
      form: "self-review",
      deadline: { at: "2027-01-31", policy: "hold" },
      on: { submitted: "pause" },
    },
    pause: { kind: "wait", title: "Until then", until: { at: "2027-01-31" }, on: { due: "weekly" } },
    weekly: { kind: "wait", title: "Weekly", until: { every: "FREQ=WEEKLY;BYDAY=MO" }, on: { due: "decide" } },
    decide: { kind: "decision", description: "Why", title: "Decide", rules: "outlier", on: { otherwise: "approve" } },
    approve: {
      kind: "approval",
      title: "Approve",
      ...ASKING,
      join: { atLeast: 2 },
      deadline: { at: FACT, policy: "advance" },
      form: "approval",
      on: { approved: "approve-together" },
    },
    "approve-together": {
      kind: "approval",
      title: "Approve together",
      actors: [{ relation: "manager" }],
      mode: "collaborative",
      exit: 0,
      on: { approved: "calibrate" },
    },
    calibrate: {
      kind: "calibration",
      title: "Calibrate",
      ...ASKING,
      actor: { unitRole: "head", level: "region" },
      outcomes: ["agreed"],
      form: "calibration",
      shared: SHARED,
      deadline: { every: "FREQ=MONTHLY;BYMONTHDAY=1", policy: "hold" },
      on: { agreed: "calibrate-together" },
    },
    "calibrate-together": {
      kind: "calibration",
      title: "Calibrate together",
      actors: [{ relation: "manager" }],
      mode: "collaborative",
      exit: 0,
      on: { agreed: "wait" },
    },
    wait: {
      kind: "wait",
      description: "Why",
      title: "Wait",
      for: [TRIGGER],
      until: CLOCK,
      on: { done: "tell", due: "tell" },
    },
    tell: {
      kind: "notify",
      description: "Why",
      title: "Tell",
      to: [{ queue: "desk" }, { metric: "owner" }, { fact: "case.people" }],
      via: ["inbox", "email"],
      message: "It is done.",
      optional: true,
      undo: "over",
      on: { done: "frame" },
    },
    frame: {
      kind: "group",
      description: "Why",
      title: "Frame",
      start: "inner",
      steps: { inner: { kind: "end", title: "In", outcome: "done" } },
      deadline: DEADLINE,
      on: { done: "side" },
    },
    side: {
      kind: "parallel",
      description: "Why",
      title: "Side by side",
      branches: {
        left: { title: "Left", start: "left-end", steps: { "left-end": { kind: "end", title: "L" } } },
        right: { title: "Right", start: "right-end", steps: { "right-end": { kind: "end", title: "R" } } },
      },
      join: "any",
      deadline: DEADLINE,
      on: { done: "write" },
    },
    write: {
      kind: "record",
      description: "Why",
      title: "Write",
      set: { rating: "low" },
      write: [
        { to: "person.rating", value: { fact: "case.rating" } },
        { metric: "sales", value: 3, period: "2026-Q1" },
        { record: "complaint", fields: { category: "other" } },
      ],
      release: ["rating"],
      undo: "over",
      on: { done: "pay" },
    },
    pay: {
      kind: "payout",
      description: "Why",
      title: "Pay",
      plan: "bonus",
      period: { fact: "period.id" },
      undo: "over",
      on: { done: "ask" },
    },
    ask: {
      kind: "call",
      description: "Why",
      title: "Ask",
      url: "https://example.com/hook",
      body: { rating: { parameter: "days" } },
      answer: { ok: true },
      retries: 3,
      undo: "over",
      on: { done: "child" },
    },
    child: {
      kind: "subflow",
      description: "Why",
      title: "Child",
      workflow: "complaints",
      subject: { fact: "person.manager" },
      with: { rating: "low" },
      each: EACH,
      join: "any",
      shared: SHARED,
      undo: "over",
      on: { done: "over" },
    },
    over: { kind: "end", title: "Over", description: "The end", outcome: "completed", result: { rating: "low" } },
  },
};

const LEVEL = {
  id: "region",
  title: "Region",
  clock: "resolve",
  after: { workingDays: 2 },
  notify: [PEOPLE],
  via: ["inbox", "email"],
  message: "Please look.",
  start: { workflow: "complaints", subject: { fact: "case.subject" }, with: { priority: "high" } },
  shared: { key: ["subject.region"] },
};
const LADDER: Doc = {
  ...common("escalation"),
  ...PARAMETERS,
  subject: "complaint",
  trigger: TRIGGER,
  clocks: {
    resolve: {
      from: FACT,
      calendar: "care",
      pause: ["person.left", IF],
      resume: ["person.hired"],
      stop: ["case.closed"],
      reset: ["record.created"],
    },
  },
  levels: [LEVEL],
  repeat: { times: 2, every: { workingDays: 3 } },
  fallback: PEOPLE,
  maxAge: { days: 90 },
};
const METRIC_LADDER: Doc = {
  ...common("escalation"),
  subject: "unit",
  trigger: {
    metric: "sales",
    rule: "breach",
    of: "unit",
    level: "region",
    tiers: [
      { below: { parameter: "days" }, startAt: "region" },
      { above: 3, startAt: "region" },
    ],
    pending: 2,
    clear: -0.05,
    cooldown: { days: 7 },
    shared: { key: ["subject.region"], within: { minutes: 15 } },
  },
  levels: [LEVEL],
};

const QUESTION = {
  id: "sales",
  type: "rating",
  title: "Sales",
  help: "Against target",
  required: true,
  min: 1,
  max: 5,
  weight: "0.5",
  target: 10,
  shows: { metric: "sales", of: "$subject", window: "$period" },
  showWhen: IF,
  requiredWhen: IF,
  lockedWhen: IF,
  except: [{ relation: "manager" }],
};
const FORM: Doc = {
  ...common("form"),
  scale: { labels: ["Low", "High"], values: [1, 2] },
  sections: [
    {
      id: "results",
      title: "Results",
      description: "What was reached",
      weight: "0.6",
      questions: [QUESTION, { id: "why", type: "choice", title: "Why?", of: ["market", "person"] }],
    },
  ],
  score: { kind: "weighted-mean", missing: "renormalise" },
  permissions: { manager: "write", subject: { before: "none", "after:released": "read" } },
};

const METRIC: Doc = {
  ...common("metric"),
  unit: "count",
  scale: 2,
  direction: "higher",
  nature: "lagging",
  perspective: "customer",
  level: "individual",
  owner: PEOPLE,
  steward: OWNER,
  grain: "month",
  aggregate: "sum",
  levels: { threshold: "0.8", target: "1", stretch: "1.2", boundary: "exclusive" },
  baseline: { periods: 12, minimum: 6 },
  refresh: { every: "FREQ=MONTHLY;BYMONTHDAY=3", staleAfter: { workingDays: 5 } },
  quality: { missing: "block", outlier: { sigma: 3, then: "flag" } },
  sunset: "2027-12-31",
  successor: "sales",
};

const CALENDAR: Doc = {
  ...common("calendar"),
  timeZone: "Europe/Berlin",
  week: {
    mon: ["09:00", "17:00"],
    tue: ["09:00", "12:00", "13:00", "17:00"],
    wed: ["09:00", "17:00"],
    thu: ["09:00", "17:00"],
    fri: ["09:00", "15:00"],
    sat: ["10:00", "12:00"],
    sun: ["10:00", "12:00"],
  },
  holidays: { country: "DE", state: "BY", region: "A" },
  extra: ["2026-12-24"],
  blackouts: [{ from: "2026-12-24", to: "2027-01-02", title: "Winter" }],
};

const CADENCE: Doc = {
  ...common("cadence"),
  ...PARAMETERS,
  starts: { workflow: "complaints", with: { priority: "high" } },
  every: "FREQ=MONTHLY;BYMONTHDAY=1",
  from: "2026-01-01",
  at: "09:00",
  calendar: "care",
  timeZone: "Europe/Berlin",
  of: "person",
  population: IF,
  period: "previous-month",
  missed: "latest",
};

const RECORD_TYPE: Doc = {
  ...common("record-type"),
  fields: {
    customer: { type: "number" },
    about: { type: "person" },
    complainedAt: { type: "date-time" },
    rating: FIELD,
  },
  about: "about",
  date: "complainedAt",
};

/**
 * Documents in which every member of every shape that the kind has is said at least once; where a shape is one of several
 * (a trigger by event or by metric), several documents say them all. A test proves that nothing is missing.
 */
export const FULL_DOCUMENTS: Readonly<Partial<Record<Kind, readonly Doc[]>>> = {
  workflow: [WORKFLOW],
  escalation: [LADDER, METRIC_LADDER],
  form: [FORM],
  metric: [METRIC],
  calendar: [CALENDAR],
  cadence: [
    CADENCE,
    { ...common("cadence"), starts: { workflow: "complaints" }, anchor: FACT },
    { ...common("cadence"), starts: { workflow: "complaints" }, trigger: TRIGGER },
  ],
  "record-type": [RECORD_TYPE],
  scorecard: [{ ...common("scorecard"), perspectives: ["financial", "customer"], metrics: ["sales"], limit: 12 }],
  parameters: [{ ...common("parameters"), values: { resolveDays: PARAMETER } }],
};

/** Other documents that the full ones name. */
export const OTHER_DOCUMENTS: readonly Doc[] = [
  {
    ...common("workflow"),
    id: "complaints",
    subject: "complaint",
    start: "end",
    steps: { end: { kind: "end", title: "End" } },
  },
  { ...common("form"), id: "self-review", sections: [{ id: "a", title: "A", questions: [] }] },
  { ...common("form"), id: "approval", sections: [{ id: "a", title: "A", questions: [] }] },
  { ...common("form"), id: "calibration", sections: [{ id: "a", title: "A", questions: [] }] },
  { ...METRIC, id: "sales", title: "Sales" },
  { ...RECORD_TYPE, id: "complaint", title: "Complaint" },
  { ...LADDER, id: "late-review", title: "Late review" },
  { ...CALENDAR, id: "care", title: "Care" },
  { ...common("parameters"), id: "care", title: "Care", values: { careDays: PARAMETER } },
  { ...common("ruleset"), id: "outlier", title: "Outlier", rules: [] },
  { ...common("ruleset"), id: "breach", title: "Breach", rules: [] },
  { ...common("plan"), id: "bonus", title: "Bonus" },
];
