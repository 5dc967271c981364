import type { Command } from "#engine/contract/commands.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { checkAnswers, handsIn } from "#engine/definition/form-answers.ts";
import { replay } from "#engine/execute/replay.ts";
import { sameJson } from "#engine/words/json.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import { command } from "../../commands/handle.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { startCase } from "../../commands/start-case.ts";
import { accessCase } from "../../projections/case-access.ts";
import { listCases } from "../../projections/case-briefs.ts";
import { caseView, journalOf } from "../../projections/case-view.ts";
import { caseWhyNot } from "../../projections/case-why-not.ts";
import { whyView } from "../../projections/why-view.ts";
import { entryHash, GENESIS } from "../../store/case-lanes.ts";
import { readJournal } from "../../store/journal-read.ts";
import { readRecordSubjects } from "../../store/record-subjects.ts";
import { readTask } from "../../store/tasks-read.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";
import { requireCommand } from "./require-command.ts";

/** Running cases: the list, one of them, what is asked of it, why it went as it did, and whether its journal is whole. */
export const cases: HandlersOf<
  "cases" | "startCase" | "case" | "command" | "journal" | "why" | "caseWhyNot" | "verifyCase"
> = {
  cases: async ({ query }, { runtime, reader }) => {
    const { cursor, limit = 50, ...filters } = query;
    const after = readCursor(cursor, ["number", "text"]) as [number, string] | undefined;
    const page = await listCases(runtime, reader, filters, {
      limit,
      ...(after ? { after: { openedAt: after[0], id: after[1] } } : {}),
    });
    return { ...page, next: page.next ? cursorOf(page.next.openedAt, page.next.id) : null };
  },

  startCase: async ({ body }, { runtime, reader, key }) => {
    await requireStart(runtime, reader, body.subject);
    return startCase(runtime, reader, { ...body, ...((body.key ?? key) ? { key: body.key ?? key } : {}) });
  },

  case: ({ params }, { runtime, reader }) => caseView(runtime, reader, params.id),

  command: async ({ params, body }, { runtime, reader, key }) => {
    const asked = command(
      runtime,
      reader,
      params.id,
      {
        command: body.command,
        ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
        ...(body.expectedRevision === undefined ? {} : { expectedRevision: body.expectedRevision }),
      },
      (stored) => requireCommand(runtime, reader, stored, body.command),
    );
    return asked.catch((cause) => withIssues(cause, runtime, params.id, body.command));
  },

  journal: async ({ params }, { runtime, reader }) => ({ items: await journalOf(runtime, reader, params.id) }),

  why: ({ params, query }, { runtime, reader }) => whyView(runtime, reader, params.id, query.seq),

  caseWhyNot: ({ params, query }, { runtime, reader }) => caseWhyNot(runtime, reader, params.id, query),

  verifyCase: async ({ params }, { runtime, reader }) => {
    const access = await accessCase(runtime, reader, params.id);
    if (!access.administers) {
      throw new Forbidden("Only who administers the case may check its journal.", { kind: "case", id: params.id });
    }
    return verify(runtime, params.id, access.stored);
  },
};

/** Answers that do not fit are told one by one, each with its place in the request. */
async function withIssues(cause: unknown, runtime: Runtime, caseId: string, asked: Command): Promise<never> {
  if (!(cause instanceof Refused) || cause.code !== "bad-answers" || asked.type !== "complete") throw cause;
  const stored = await runtime.desk.read(caseId);
  const task = await readTask(runtime.db, asked.task);
  if (!stored) throw cause;
  const { compiled } = await runtime.catalogue.pinned(stored.frame.bundle);
  const form = task?.form ? compiled.forms.get(task.form) : undefined;
  const complete = task ? handsIn(task.outcomes, asked.outcome) : true;
  const issues = form ? checkAnswers(form, asked.answers ?? {}, { complete }) : [];
  throw new Refused(cause.code, cause.message, {
    possible: cause.possible,
    issues: issues.map((issue) => ({ ...issue, path: `/body/command/answers${issue.path}` })),
  });
}

/** A case is begun by who may launch, about whom they may launch for; by anybody about themselves or those they answer for. */
async function requireStart(runtime: Runtime, reader: Reader, subject: Subject): Promise<void> {
  const { policy } = reader;
  if (policy.holds("hr-designer", "hr-admin")) return;
  const about =
    subject.kind === "record"
      ? (await readRecordSubjects(runtime.db, [subject])).get(`${subject.type ?? ""}/${subject.id}`)
      : undefined;
  const person = subject.kind === "person" ? subject.id : about?.about;
  const unit = subject.kind === "unit" ? subject.id : about?.unit;
  if (person ? policy.seesPerson(person) : unit ? policy.seesUnit(unit) : false) return;
  throw new Forbidden("You may not start a case about this.", { kind: subject.kind, id: subject.id });
}

/** Follows the chain of hashes and folds the journal again: both must lead to what is stored. */
async function verify(
  runtime: Runtime,
  id: string,
  stored: Awaited<ReturnType<typeof accessCase>>["stored"],
): Promise<{ ok: boolean; entries: number; message: string }> {
  const entries = await readJournal(runtime.db, id);
  let previous = GENESIS;
  for (const { seq, text, previous: before, hash } of entries) {
    if (before !== previous || entryHash(id, seq, before, text) !== hash) {
      return { ok: false, entries: entries.length, message: `Entry ${seq} does not fit the chain: it was changed.` };
    }
    previous = hash;
  }
  if (previous !== stored.head) {
    return { ok: false, entries: entries.length, message: "The chain does not end where the case says it does." };
  }
  const { compiled } = await runtime.catalogue.pinned(stored.frame.bundle);
  const folded = replay(
    compiled,
    entries.map(({ entry }) => entry),
  );
  return sameJson(folded, stored.state)
    ? { ok: true, entries: entries.length, message: "The chain is whole, and the journal leads to what is stored." }
    : { ok: false, entries: entries.length, message: "The journal leads to another state than the one stored." };
}
