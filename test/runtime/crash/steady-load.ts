import type { CommandAnswer } from "#engine/contract/commands.ts";
import type { CaseModel, Model } from "./model.ts";
import type { PatientClient } from "./patient-client.ts";

/** What a load is: clients side by side, so many commands a second together, for so many seconds. */
export interface Load {
  clients: number;
  perSecond: number;
  seconds: number;
  random: () => number;
}

const PEOPLE = ["ana", "ben", "mia", "rolf", "hana"];

/** What clients do all day: a case is begun, handed to and fro, sometimes twice with one key, and approved in the end. */
export const errand = (hook: string, minutes: number) => ({
  kind: "workflow",
  schema: 1,
  id: "errand",
  title: "Errand",
  subject: "person",
  key: ["subject", "period"],
  start: "ask",
  steps: {
    ask: {
      kind: "approval",
      title: "Ask",
      actor: { relation: "subject" },
      deadline: { after: { days: 30 }, policy: "advance" },
      on: { approved: "rest", due: "bad" },
    },
    rest: { kind: "wait", title: "Rest", until: { after: { minutes } }, on: { due: "call" } },
    call: {
      kind: "call",
      title: "Call",
      url: hook,
      body: { who: { fact: "subject.id" } },
      retries: 10,
      on: { done: "good", failed: "bad" },
    },
    good: { kind: "end", title: "Good", outcome: "good" },
    bad: { kind: "end", title: "Bad", outcome: "bad" },
  },
});

/**
 * Sends commands at a steady rate until the time is up; every case is brought to its approval. `onAnswer` is told how long each
 * answer took, in milliseconds.
 */
export async function steadyLoad(
  client: PatientClient,
  model: Model,
  { clients, perSecond, seconds, random }: Load,
  onAnswer: (ms: number) => void = () => undefined,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const pause = (1000 * clients) / perSecond;
  const post = async <Answer>(path: string, body: { key: string; [name: string]: unknown }): Promise<Answer> => {
    const asked = performance.now();
    const answer = await client.post<Answer>(path, body);
    onAnswer(performance.now() - asked);
    // The pace is kept over what an answer takes, so that a slow server is not spared.
    const rest = pause * (0.5 + random()) - (performance.now() - asked);
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    return answer;
  };

  let begun = 0;
  const work = async (n: number): Promise<void> => {
    for (let round = 0; performance.now() < end; round++) {
      const name = `${n}-${round}`;
      const subject = { kind: "person", id: PEOPLE[n % PEOPLE.length]! };
      // No two of a person have the same period.
      const period = `${1000 + Math.floor(begun / 12)}-${String((begun % 12) + 1).padStart(2, "0")}`;
      begun += 1;
      const key = `begin-${name}`;
      const one = model.begin(await post<CommandAnswer>("/api/cases", { workflow: "errand", subject, period, key }));
      const hands = 2 + Math.floor(random() * 8);
      for (let at = 0; at < hands; at++) await handOver(one, `hand-${name}-${at}`, at === hands - 1);
      const command = { type: "complete", task: `${one.caseId}/1/1`, outcome: "approved" };
      one.approved(await post(`/api/cases/${one.caseId}/commands`, { key: `approve-${name}`, command }));
    }
  };

  const handOver = async (one: CaseModel, key: string, last: boolean): Promise<void> => {
    const transfer = (name: string, to: string) => ({
      key: name,
      command: { type: "transfer", task: `${one.caseId}/1/1`, to, reason: name },
    });
    const path = `/api/cases/${one.caseId}/commands`;
    // The last goes to whom the key belongs, who may approve.
    const to = last ? "hana" : PEOPLE[Math.floor(random() * 4)]!;
    const kind = last ? 0 : random();
    if (kind > 0.9) {
      // The same twice at once: one hand-over, two equal answers.
      const [first] = await Promise.all([
        post<CommandAnswer>(path, transfer(key, to)),
        client.post(path, transfer(key, to)),
      ]);
      one.handed(first, to);
    } else if (kind > 0.8) {
      // Two at once: either may come first, and the revisions say which did.
      const other = PEOPLE[Math.floor(random() * 4)]!;
      const [first, second] = await Promise.all([
        post<CommandAnswer>(path, transfer(key, to)),
        client.post<CommandAnswer>(path, transfer(`${key}-b`, other)),
      ]);
      one.handed(first, to);
      one.handed(second, other);
    } else one.handed(await post(path, transfer(key, to)), to);
  };

  await Promise.all(Array.from({ length: clients }, (_, n) => work(n)));
}
