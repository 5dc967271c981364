import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommandAnswer } from "#engine/contract/commands.ts";
import { embedded, onServer } from "./embedded.ts";
import { type ConformingHost, HOUR, type HostKind, HostRefusal, START } from "./host.ts";
import { hasLibsqlServer } from "./libsql-server.ts";

/** Every host there is. Another one joins by its adapter. */
const HOSTS: (HostKind & { here: boolean })[] = [
  { ...embedded, here: true },
  { ...onServer, here: hasLibsqlServer() },
];

describe.each(HOSTS.filter(({ here }) => !here))("the $name host", () => {
  it.skip("is not installed on this machine", () => undefined);
});

describe.each(HOSTS.filter(({ here }) => here))("the $name host", ({ open }) => {
  let host: ConformingHost;
  let ended = false;
  /** Time only goes forward, for all tests of a host. */
  let now = START;
  let period = 2000;

  beforeAll(async () => {
    host = await open();
  });
  afterAll(async () => {
    if (!ended) await host.end();
  });

  const begin = (workflow: string, subject = "ana", key?: string): Promise<CommandAnswer> =>
    host.start({ workflow, subject, period: String(period++), ...(key ? { key } : {}) });
  const task = ({ caseId }: { caseId: string }, revision = 1) => `${caseId}/${revision}/1`;
  const complete = (id: string, outcome: string) => ({ type: "complete" as const, task: id, outcome });
  const hand = (id: string, to: string, reason = "conformance") => ({
    type: "transfer" as const,
    task: id,
    to,
    reason,
  });
  const pass = async (hours: number) => {
    now += hours * HOUR;
    await host.advanceTo(now);
  };
  const path = async (caseId: string) => (await host.look(caseId))!.journal.map(({ event }) => event.type);
  const refusal = async (work: Promise<unknown>): Promise<HostRefusal> => {
    const cause = await work.then(
      () => new Error("it was not refused"),
      (refused) => refused,
    );
    if (!(cause instanceof HostRefusal)) throw cause;
    return cause;
  };

  it("starts a case, once for its key, and says where it stands", async () => {
    const first = await host.start({ workflow: "question", subject: "ana", period: "1990" });
    expect(first).toMatchObject({ revision: 1, status: "open", active: ["ask"], outcome: null });
    const again = await host.start({ workflow: "question", subject: "ana", period: "1990" });
    expect(again.caseId).toBe(first.caseId);
    const both = await Promise.all(
      [1, 2, 3].map(() => host.start({ workflow: "question", subject: "ben", period: "1991" })),
    );
    expect(new Set(both.map(({ caseId }) => caseId)).size).toBe(1);
    expect(await host.look("no-such-case")).toBeNull();
  });

  it("carries a command out and answers with revision and status, and the journal says the same", async () => {
    const one = await begin("question");
    const done = await host.command(one.caseId, { command: complete(task(one), "approved"), as: "ana" });
    expect(done).toMatchObject({ caseId: one.caseId, revision: 2, status: "closed", outcome: "good", active: [] });
    const { state, journal } = (await host.look(one.caseId))!;
    expect(state).toMatchObject({ revision: 2, status: "closed", tasks: {}, timers: {} });
    expect(journal.map(({ seq, event }) => `${seq} ${event.type}`)).toEqual(["1 start", "2 complete"]);
  });

  it("refuses what is not possible with what is, and changes nothing", async () => {
    const one = await begin("question");
    const refused = await refusal(host.command(one.caseId, { command: complete(task(one), "postponed"), as: "ana" }));
    expect(refused.code).toBe("not-possible");
    expect(refused.possible.join()).toContain("approved");
    const send = (command: Parameters<ConformingHost["command"]>[1]) => refusal(host.command(one.caseId, command));
    expect((await send({ command: complete(task(one), "approved"), as: "ben" })).code).toBe("not-yours");
    expect((await send({ command: complete("no-task", "approved"), as: "ana" })).code).toBe("no-such-task");
    expect((await send({ command: hand(task(one), "ben"), expectedRevision: 7 })).code).toBe("stale-revision");
    expect((await refusal(host.command("no-such-case", { command: hand("x", "ben") }))).code).toBe("not-found");
    expect(await path(one.caseId)).toEqual(["start"]);
  });

  it("one case takes commands that come at once one after the other, none lost, none mixed up", async () => {
    const one = await begin("question");
    const people = ["ben", "mia", "rolf", "dora", "hana"];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        host.command(one.caseId, { command: hand(task(one), people[n % 5]!, `hand-over ${n}`) }),
      ),
    );
    expect(answers.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, n) => n + 2),
    );
    const { journal } = (await host.look(one.caseId))!;
    expect(new Set(journal.map(({ event }) => ("reason" in event ? event.reason : ""))).size).toBe(41);
  });

  it("the same key is one command and one answer: at once, later, after a crash; another body is refused", async () => {
    const one = await begin("question");
    const sent = { command: hand(task(one), "ben", "once"), key: "conformance-once" };
    const answers = await Promise.all([1, 2, 3, 4].map(() => host.command(one.caseId, sent)));
    const next = await host.command(one.caseId, { command: hand(task(one), "mia", "twice") });
    expect(next.revision).toBe(3);
    await host.crash();
    answers.push(await host.command(one.caseId, sent));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(answers[0])]));
    expect(await path(one.caseId)).toEqual(["start", "transfer", "transfer"]);
    const other = { ...sent, command: hand(task(one), "rolf", "another") };
    expect((await refusal(host.command(one.caseId, other))).code).toBe("key-reused");
  });

  it("the same key is one start and one answer: at once, later, after a crash; another start is refused", async () => {
    const sent = { workflow: "call", subject: "mia", period: "1992", key: "conformance-start" };
    const answers = await Promise.all([1, 2, 3].map(() => host.start(sent)));
    await pass(1);
    const { caseId } = answers[0]!;
    expect((await host.look(caseId))!.state.status).toBe("closed");
    await host.crash();
    // The case is over: without the key this would begin another.
    answers.push(await host.start(sent));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(answers[0])]));
    expect((await refusal(host.start({ ...sent, period: "1993" }))).code).toBe("key-reused");
    const { key: _, ...without } = sent;
    expect((await host.start(without)).caseId).not.toBe(caseId);
  });

  it("due first: what was due before a command fires before it, late, and the command meets the case as it then is", async () => {
    const one = await begin("question");
    const deadline = now + 2 * HOUR;
    now += 3 * HOUR;
    const sent = host.command(one.caseId, { command: complete(task(one), "approved"), as: "ana", at: now });
    expect(["closed", "no-such-task"]).toContain((await refusal(sent)).code);
    const { state, journal } = (await host.look(one.caseId))!;
    expect(state).toMatchObject({ status: "closed", outcome: "bad" });
    expect(journal[1]).toMatchObject({ event: { type: "timer" }, dueAt: deadline, at: now, late: true });
  });

  it("due first: several that were due fire in the order in which they were due, equal ones as they were begun", async () => {
    const one = await begin("race");
    const begun = now;
    now += 3 * HOUR;
    const ask = Object.keys((await host.look(one.caseId))!.state.tasks)[0]!;
    await host.command(one.caseId, { command: complete(ask, "approved"), as: "ana", at: now });
    const { state, journal } = (await host.look(one.caseId))!;
    const seen = journal.map(({ event, dueAt, at, late }) => {
      const timer = event.type === "timer" ? event.timer.split(".").at(-1) : event.type;
      return [timer, dueAt === null ? null : (dueAt - begun) / HOUR, (at - begun) / HOUR, late];
    });
    expect(seen).toEqual([
      ["start", null, 0, false],
      ["quick", 1, 3, true],
      ["slow", 2, 3, true],
      ["same", 2, 3, true],
      ["complete", null, 3, false],
    ]);
    expect(state).toMatchObject({ status: "closed", outcome: "good" });
  });

  it("timers fire at their instant, each once, also those that another's firing starts", async () => {
    const one = await begin("ladder");
    const begun = now;
    await pass(5);
    const { state, journal } = (await host.look(one.caseId))!;
    expect(state).toMatchObject({ status: "closed", outcome: "good" });
    const fired = journal.slice(1).map(({ event, at, dueAt, late }) => [event.type, at - begun, dueAt! - begun, late]);
    expect(fired).toEqual([1, 2, 3].map((hours) => ["timer", hours * HOUR, hours * HOUR, false]));
  });

  it("a step that is entered again has a clock of its own: the one before never fires", async () => {
    const one = await begin("again");
    await pass(0.5);
    await host.command(one.caseId, { command: complete(task(one), "rejected"), as: "ana" });
    await pass(1);
    const again = (await host.look(one.caseId))!.state;
    const [timer] = Object.values(again.timers);
    expect([again.status, timer!.generation, timer!.dueAt]).toEqual(["open", 2, now + 2 * HOUR]);
    await pass(1);
    // The first clock would have been up half an hour ago.
    expect(await path(one.caseId)).toEqual(["start", "complete", "timer"]);
    await pass(2);
    expect(await path(one.caseId)).toEqual(["start", "complete", "timer", "timer"]);
    expect((await host.look(one.caseId))!.state).toMatchObject({ status: "closed", outcome: "bad" });
  });

  it("a case that is cancelled has no task and no timer left, and nothing of it happens later", async () => {
    const one = await begin("question");
    const cancelled = await host.command(one.caseId, { command: { type: "cancel", reason: "enough" } });
    expect(cancelled).toMatchObject({ status: "cancelled" });
    await pass(24);
    expect((await host.look(one.caseId))!.state).toMatchObject({ status: "cancelled", tasks: {}, timers: {} });
    expect(await path(one.caseId)).toEqual(["start", "cancel"]);
    expect((await refusal(host.command(one.caseId, { command: hand(task(one), "ben") }))).code).toBe("closed");
  });

  it("where nobody can be found the case is blocked and says why; it is never skipped, however long it takes", async () => {
    const one = await begin("boss", "lone");
    const { state } = (await host.look(one.caseId))!;
    expect(state.status).toBe("blocked");
    expect(state.blocks).toEqual([expect.objectContaining({ step: "ask" })]);
    await host.command(one.caseId, { command: { type: "retry", reason: "perhaps now" } });
    await pass(1000);
    expect(await path(one.caseId)).toEqual(["start", "retry"]);
    const after = (await host.look(one.caseId))!.state;
    expect([after.status, Object.keys(after.tasks)]).toEqual(["blocked", []]);
    expect(await begin("boss", "ana")).toMatchObject({ status: "open" });
  });

  it("an effect is carried out once for each case that asks, and its answer moves the case on once", async () => {
    const before = host.calls().length;
    const cases = await Promise.all(["ana", "ben", "mia", "rolf"].map((subject) => begin("call", subject)));
    await pass(1);
    expect(host.calls().length - before).toBe(4);
    expect(new Set(host.calls().slice(before)).size).toBe(4);
    for (const { caseId } of cases) {
      expect(await path(caseId)).toEqual(["start", "answer"]);
      expect((await host.look(caseId))!.state).toMatchObject({ status: "closed", outcome: "good" });
    }
  });

  it("an effect that a crash cut is carried out again by its own id, and its answer moves the case on once", async () => {
    const before = host.calls().length;
    const crashed = host.crashAtNextCall();
    const sent = { workflow: "call", subject: "hana", period: "1995", key: "conformance-cut" };
    await host.start(sent).catch(() => undefined);
    await crashed;
    const { caseId } = await host.start(sent);
    await pass(1);
    const calls = host.calls().slice(before);
    expect(calls.length).toBeGreaterThan(1);
    expect(new Set(calls).size).toBe(1);
    expect(await path(caseId)).toEqual(["start", "answer"]);
    expect((await host.look(caseId))!.state).toMatchObject({ status: "closed", outcome: "good" });
  });

  it("a crash loses nothing that was acknowledged, applies nothing twice and forgets no timer and no effect", async () => {
    const waiting = await begin("question");
    const working = await begin("question", "ben");
    const call = { workflow: "call", subject: "dora", period: "1994", key: "conformance-crash-call" };
    const effects = host.calls().length;
    const calling = host.start(call).catch(() => undefined);
    const hands = Array.from({ length: 60 }, (_, n) => ({
      command: hand(task(working), ["ana", "mia"][n % 2]!, `crash ${n}`),
      key: `conformance-crash-${n}`,
    }));
    const first = hands.map((sent) => host.command(working.caseId, sent).catch((cause) => cause as unknown));
    await new Promise((resolve) => setTimeout(resolve, 3));
    await host.crash();
    const heard = await Promise.all(first);
    await calling;
    const called = await host.start(call);
    // Whoever was not answered asks again, with the same key.
    const answers = await Promise.all(hands.map((sent) => host.command(working.caseId, sent)));
    heard.forEach((answer, n) => {
      if (!(answer instanceof Error)) expect(answer).toEqual(answers[n]);
    });
    const reasons = (await host.look(working.caseId))!.journal.map(({ event }) =>
      "reason" in event ? event.reason : "",
    );
    for (const { command } of hands) expect(reasons.filter((reason) => reason === command.reason)).toHaveLength(1);
    await pass(2);
    expect((await host.look(waiting.caseId))!.state).toMatchObject({ status: "closed", outcome: "bad" });
    expect(await path(waiting.caseId)).toEqual(["start", "timer"]);
    // The receiver may hear of an effect twice, by one id; the case goes on once.
    expect(new Set(host.calls().slice(effects)).size).toBe(1);
    expect(await path(called.caseId)).toEqual(["start", "answer"]);
    expect((await host.look(called.caseId))!.state).toMatchObject({ status: "closed", outcome: "good" });
  });

  it("in the end every journal replays to its snapshot, every chain is whole, and no case is forgotten", async () => {
    expect(await host.violations()).toEqual([]);
    await host.end();
    ended = true;
  });
});
