const question = (actor: object) => ({
  kind: "approval",
  title: "Ask",
  actor,
  deadline: { after: { hours: 2 }, policy: "advance" },
});
const good = { good: { kind: "end", title: "Good", outcome: "good" } };
const ends = { ...good, bad: { kind: "end", title: "Bad", outcome: "bad" } };
const workflow = (id: string, start: string, steps: object) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  key: ["subject", "period"],
  start,
  steps,
});

/** What the suite runs: small workflows, each about one thing that a host must do. */
export default function documents(hook: string): object[] {
  const wait = (hours: number, next: string) => ({
    kind: "wait",
    title: `Wait ${hours}`,
    until: { after: { hours } },
    on: { due: next },
  });
  return [
    workflow("question", "ask", {
      ask: { ...question({ relation: "subject" }), on: { approved: "good", rejected: "bad", due: "bad" } },
      ...ends,
    }),
    workflow("again", "ask", {
      ask: { ...question({ relation: "subject" }), on: { approved: "good", rejected: "rest", due: "bad" } },
      rest: wait(1, "ask"),
      ...ends,
    }),
    workflow("boss", "ask", {
      ask: { ...question({ relation: "manager" }), on: { approved: "good", rejected: "bad", due: "bad" } },
      ...ends,
    }),
    workflow("call", "call", {
      call: {
        kind: "call",
        title: "Call",
        url: hook,
        body: { who: { fact: "subject.id" } },
        retries: 10,
        on: { done: "good", failed: "bad" },
      },
      ...ends,
    }),
    workflow("ladder", "first", {
      first: wait(1, "second"),
      second: wait(1, "third"),
      third: wait(1, "good"),
      ...good,
    }),
  ];
}
