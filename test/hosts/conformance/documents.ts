const open = (actor: object) => ({ kind: "approval", title: "Ask", actor });
const question = (actor: object) => ({ ...open(actor), deadline: { after: { hours: 2 }, policy: "advance" } });
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
  const end = (name: string) => ({ [`${name}-over`]: { kind: "end", title: "Over" } });
  const branch = (name: string, hours: number) => ({
    start: name,
    steps: { [name]: wait(hours, `${name}-over`), ...end(name) },
  });
  const asked = { ...open({ relation: "subject" }), on: { approved: "ask-over", rejected: "ask-over" } };
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
      ask: { ...open({ relation: "manager" }), on: { approved: "good", rejected: "bad" } },
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
    workflow("race", "all", {
      all: {
        kind: "parallel",
        title: "All",
        // Begun in this order; due in another, two of them at once.
        branches: {
          slow: branch("slow", 2),
          quick: branch("quick", 1),
          same: branch("same", 2),
          ask: { start: "ask", steps: { ask: asked, ...end("ask") } },
        },
        on: { done: "good" },
      },
      ...good,
    }),
  ];
}
