import fc from "fast-check";

type Json = Record<string, unknown>;
const end = (outcome: string) => ({ kind: "end", title: "End", outcome });

/** An arbitrary that draws a random workflow over every step kind and every member that decides when and by whom: at most eight steps at the top, two frames deep. */
export const randomWorkflow: fc.Arbitrary<Json> = fc
  .tuple(fc.array(fc.nat(11), { minLength: 2, maxLength: 7 }), fc.infiniteStream(fc.nat(1000)), fc.boolean())
  .map(([kinds, numbers, escalates]) => {
    const next = () => numbers.next().value as number;
    const pick = <T>(list: readonly T[]): T => list[next() % list.length]!;
    let serial = 0;

    const actor = () =>
      pick([
        { relation: "subject" },
        { relation: "manager" },
        { relation: "skip-manager" },
        { role: "hr-partner" },
        { role: "nobody-has-this" },
        { fact: "case.someone" },
      ]);
    /** What makes a clock stand still, go on, stop and count anew: events that `play` reports, and conditions. */
    const control = () =>
      pick<object>([
        {},
        {},
        { pause: ["hold-on"] },
        { pause: ["hold-on", "away"], resume: ["back"], reset: ["anew"] },
        { pause: [{ all: [{ fact: "case.level", operator: "greaterThan", value: 3 }] }] },
        {
          pause: [
            "away",
            {
              any: [
                {
                  fact: "metric",
                  params: { id: "sales", of: "$subject" },
                  path: "$.attainment",
                  operator: "lessThan",
                  value: 0.9,
                },
              ],
            },
          ],
        },
      ]);
    const deadline = () => {
      const clock = pick([
        undefined,
        { after: { hours: 1 + (next() % 90) } },
        { after: { workingDays: next() % 4 }, policy: "advance" },
        { after: { days: 2 }, policy: "advance-flagged" },
        { every: "FREQ=DAILY" },
        { every: "FREQ=WEEKLY;COUNT=3", policy: pick(["hold", "advance"]) },
        { after: { days: 3 }, stop: ["enough"], start: "2026-03-03", exit: "2026-03-04" },
        ...(escalates ? [{ after: { days: 1 }, policy: "escalate", escalation: "late-review" }] : []),
      ]);
      return clock && { ...clock, ...control() };
    };
    const when = () =>
      pick([
        undefined,
        undefined,
        { all: [{ fact: "case.level", operator: "greaterThan", value: next() % 5 }] },
        {
          any: [
            {
              fact: "metric",
              params: { id: "sales", of: "$subject" },
              path: "$.attainment",
              operator: "lessThan",
              value: 0.9,
            },
          ],
        },
      ]);

    let undo = "";
    /** Now and then a step names what undoes it. */
    const undone = () => (next() % 3 === 0 ? { undo } : {});
    const undoer = () =>
      pick<Json>([
        { kind: "call", title: "Undo", url: "https://example.org/undo", on: {} },
        { kind: "record", title: "Undo", write: [{ to: "person.level", value: 0 }], on: {} },
        { kind: "notify", title: "Undo", to: [{ relation: "manager" }], message: "Taken back", on: {} },
      ]);

    const way = (targets: readonly string[]) => {
      const one = () => ({
        to: pick(targets),
        ...(when() ? { when: when() } : {}),
        ...(next() % 3 === 0 ? { set: { level: { fact: "case.level" } } } : {}),
        ...(next() % 4 === 0 ? { maxVisits: 1 + (next() % 3) } : {}),
      });
      return next() % 3 === 0 ? [one(), one(), { to: pick(targets) }] : next() % 2 === 0 ? pick(targets) : one();
    };

    const step = (kind: number, targets: readonly string[], depth: number): Json => {
      const to = () => way(targets);
      const limit = deadline();
      const asks = { ...(limit ? { deadline: limit } : {}), actor: actor() };
      const title = `Step ${++serial}`;
      switch (depth > 1 ? kind % 8 : kind) {
        case 0: {
          const many = {
            each: { of: pick([{ relation: "peers" }, { relation: "reports" }, { fact: "case.raters" }]), as: "rater" },
            ...(next() % 2 ? { join: pick(["all", "any", { atLeast: 2 }]) } : {}),
          };
          const together = {
            mode: pick(["iterative", "collaborative"]),
            actors: [actor(), actor(), ...(next() % 2 ? [{ relation: "subject" }] : [])],
            ...(next() % 2 ? { exit: 0 } : {}),
          };
          const whom = pick([{ ...asks, actor: undefined, ...many }, { ...asks, actor: undefined, ...together }, asks]);
          return {
            kind: "form",
            title,
            form: "review",
            ...whom,
            on: { submitted: to(), done: to(), ...(next() % 3 === 0 ? { due: to() } : {}) },
          };
        }
        case 1:
          return { kind: "approval", title, ...asks, on: { approved: to(), rejected: to() } };
        case 2:
          return {
            kind: "decision",
            title,
            rules: "rating-outlier",
            on: { outlier: to(), otherwise: to(), ...(next() % 2 ? { "not-evaluated": to() } : {}) },
          };
        case 3:
          return {
            kind: "wait",
            title,
            until: {
              ...pick<object>([
                { after: { hours: 5 } },
                { after: { workingDays: 2 } },
                { at: "2026-03-20" },
                { every: "FREQ=WEEKLY" },
              ]),
              ...control(),
            },
            ...(next() % 2 ? { for: [{ on: "record.created", hold: { days: 3 } }] } : {}),
            on: { due: to(), ...(next() % 2 ? { done: to() } : {}) },
          };
        case 4:
          return {
            kind: "notify",
            title,
            to: [actor()],
            message: "Hello {{subject}}",
            ...undone(),
            on: { done: to() },
          };
        case 5:
          return {
            kind: "record",
            title,
            set: { level: next() % 6 },
            ...(next() % 2 ? { write: [{ to: "person.level", value: { fact: "case.level" } }] } : {}),
            ...undone(),
            on: { done: to() },
          };
        case 6:
          return {
            kind: "call",
            title,
            url: "https://example.org/hook",
            ...undone(),
            on: { done: to(), failed: to() },
          };
        case 7:
          return {
            kind: "subflow",
            title,
            workflow: "flow",
            on: { done: to(), completed: to(), ...(next() % 2 ? { failed: to() } : {}) },
          };
        case 8:
        case 9: {
          const inner = steps(2 + (next() % 2), depth + 1, ["good", "bad"]);
          const time = deadline();
          return {
            kind: "group",
            title,
            start: Object.keys(inner)[0],
            steps: inner,
            ...(time && !("escalation" in time) ? { deadline: time } : {}),
            on: { good: to(), ...(next() % 2 ? { bad: to() } : {}), done: to(), ...(time ? { due: to() } : {}) },
          };
        }
        default: {
          const branches = Object.fromEntries(
            ["left", "right", "third"].slice(0, 2 + (next() % 2)).map((name) => {
              const inner = steps(1 + (next() % 2), depth + 1, ["good", "bad"]);
              return [name, { start: Object.keys(inner)[0], steps: inner }];
            }),
          );
          const join = pick([
            undefined,
            "all",
            "any",
            { atLeast: 2 },
            [
              { count: "bad", atLeast: 1, emit: "bad" },
              { count: "good", atLeast: "all", emit: "good" },
            ],
          ]);
          return {
            kind: "parallel",
            title,
            branches,
            ...(join ? { join } : {}),
            on: { good: to(), bad: to(), done: to() },
          };
        }
      }
    };

    const steps = (count: number, depth: number, outcomes: readonly string[], given?: readonly number[]): Json => {
      const own = Array.from({ length: count }, (_, position) => `s${++serial}-${position}`);
      const undoing = own.map((id) => `${id}-undo`);
      const ends = outcomes.map((outcome) => [`e${++serial}-${outcome}`, end(outcome)] as const);
      const targets = [...own, ...ends.map(([id]) => id), ...ends.map(([id]) => id)];
      const drawn = own.map((id, position): [string, Json] => {
        undo = undoing[position]!;
        return [id, step(given?.[position] ?? next() % 12, targets, depth)];
      });
      const taken = drawn.flatMap(([, one]) => (typeof one.undo === "string" ? [one.undo] : []));
      return {
        ...Object.fromEntries(drawn),
        ...Object.fromEntries(taken.map((id) => [id, undoer()])),
        ...Object.fromEntries(ends),
      };
    };

    const top = steps(kinds.length, 0, ["completed", "stopped"], kinds);
    return {
      kind: "workflow",
      schema: 1,
      id: "flow",
      title: "Flow",
      subject: "person",
      data: {
        level: { type: "number", default: 2 },
        someone: { type: "person" },
        raters: { type: "people", default: ["ben", "mia", "rolf"] },
        rating: { type: "number", default: 4 },
      },
      start: Object.keys(top)[0],
      steps: top,
    };
  });
