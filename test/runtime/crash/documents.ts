/** What the crash suite runs: a question with a deadline and a ladder, a webhook whose answer counts, and a child. */
export function crashDocuments(hook: string): object[] {
  const question = {
    kind: "workflow",
    schema: 1,
    id: "question",
    title: "Question",
    subject: "person",
    key: ["subject", "period"],
    start: "ask",
    steps: {
      ask: {
        kind: "approval",
        title: "Ask",
        actor: { relation: "subject" },
        deadline: { after: { hours: 2 }, policy: "advance" },
        on: { approved: "call", due: "call" },
      },
      call: {
        kind: "call",
        title: "Call",
        url: hook,
        body: { who: { fact: "subject.id" } },
        retries: 10,
        on: { done: "write", failed: "bad" },
      },
      write: {
        kind: "record",
        title: "Write",
        write: [{ record: "answer", fields: { about: { fact: "subject.id" } } }],
        on: { done: "talk" },
      },
      talk: { kind: "subflow", title: "Talk", workflow: "talk", on: { done: "good", over: "good", failed: "bad" } },
      good: { kind: "end", title: "Good", outcome: "good" },
      bad: { kind: "end", title: "Bad", outcome: "bad" },
    },
  };
  const talk = {
    kind: "workflow",
    schema: 1,
    id: "talk",
    title: "Talk",
    subject: "person",
    start: "rest",
    steps: {
      rest: { kind: "wait", title: "Rest", until: { after: { hours: 1 } }, on: { due: "over" } },
      over: { kind: "end", title: "Over", outcome: "over" },
    },
  };
  const answer = {
    kind: "record-type",
    schema: 1,
    id: "answer",
    title: "Answer",
    fields: { about: { type: "person" } },
  };
  return [question, talk, answer];
}
