import type { CaseView, JournalView } from "#engine/contract/views/cases.ts";
import { isLook } from "#engine/execute/looks.ts";
import { availableEvents } from "#engine/execute/possible.ts";
import { contextOf } from "#engine/execute/snapshot.ts";
import { standstill } from "#engine/execute/standstill.ts";
import type { CaseState } from "#engine/execute/state.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { typeOf } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import { caseRows, relatedCaseIds } from "../store/cases-read.ts";
import { readJournal, type StoredEntry } from "../store/journal-read.ts";
import { seenCases } from "../store/seen-read.ts";
import { type StoredTask, tasksOfCase } from "../store/tasks-read.ts";
import { accessCase, type CaseAccess } from "./case-access.ts";
import { caseBriefs, subjectName } from "./case-briefs.ts";
import { factWording } from "./fact-wording.ts";
import { declaredFields, isHidden } from "./field-visibility.ts";
import { journalView, type Telling } from "./journal-words.ts";
import { briefOf } from "./me-view.ts";
import { sentence, spelled } from "./say.ts";
import { sessionView } from "./session-view.ts";
import { taskBriefs } from "./task-briefs.ts";
import { visibleCases } from "./visible-cases.ts";

/** One case whole, as far as it is open to a reader. */
export async function caseView(runtime: Runtime, reader: Reader, id: string): Promise<CaseView> {
  const access = await accessCase(runtime, reader, id);
  const { stored, level } = access;
  const { state } = stored;
  const tasks = await tasksOfCase(runtime.db, id);
  const telling = await tellingOf(runtime, access, tasks);
  const { bundle, directory } = telling;
  const entries = await readJournal(runtime.db, id);
  const [row] = (await caseRows(runtime.db, [id])).values();
  const [brief] = await caseBriefs(runtime, row ? [row] : []);
  if (!brief) throw new Error(`case ${id} has a snapshot and no row`);
  const mine = tasks.filter(({ assignees }) => reader.personId !== null && assignees.includes(reader.personId));
  const session = await sessionView(runtime, stored, tasks);
  const events = availableEvents(bundle.compiled, state);
  return {
    case: brief,
    document: bundle.compiled.definition as unknown as Json,
    active: stored.active,
    visited: visitedOf(entries),
    taken: entries.flatMap(({ entry }) => entry.taken.map((way) => ({ ...way, at: entry.at }))),
    tasks: await taskBriefs(runtime, level === "whole" ? tasks : mine),
    timers: Object.values(state.timers)
      .filter((timer) => !isLook(timer.id))
      .sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)
      .map(({ id: timer, step, title, dueAt, generation }) => ({ id: timer, step, title, dueAt, generation })),
    ...standing(state, directory, stored.frame.parent?.caseId ?? null),
    data: dataOf(access, telling, reader),
    blocked: state.blocks.map(({ since: _, ...block }) => block),
    possible: events.map(({ event, step, title, people }) => ({
      event,
      step,
      title,
      by: people.map((person) => briefOf(directory, person)),
    })),
    journal: level === "whole" ? entries.map((entry) => journalView(entry, telling)) : [],
    related: await relatedOf(runtime, reader, access),
    ...(session ? { session } : {}),
    mayAdminister: access.administers,
  };
}

/** Clocks that stand still, and the case itself where it does. */
function standing(
  state: CaseState,
  directory: Directory,
  parent: string | null,
): Pick<CaseView, "standing" | "paused"> {
  const clocks = Object.values(state.clocks ?? {}).flatMap(({ frozen, paused }) =>
    frozen.map(({ step, title }) => ({
      step,
      title,
      since: paused?.since ?? state.openedAt,
      because: sentence((paused?.because ?? []).map(pauseInWords).join(" and ")),
    })),
  );
  const open = state.status === "open" || state.status === "blocked";
  const still = open ? standstill(state) : undefined;
  return {
    ...(clocks.length > 0 ? { standing: clocks } : {}),
    ...(still
      ? {
          paused: {
            since: still.since,
            reason: still.reason,
            by: still.by === null ? null : briefOf(directory, still.by),
            ...(still.with && parent ? { with: parent } : {}),
          },
        }
      : {}),
  };
}

function pauseInWords(reason: string): string {
  if (reason === "case") return "the case is paused";
  return reason.startsWith("condition ") ? "a condition holds" : `“${spelled(reason)}” was reported`;
}

/** The journal of a case as sentences. */
export async function journalOf(runtime: Runtime, reader: Reader, id: string): Promise<JournalView[]> {
  const access = await accessCase(runtime, reader, id);
  if (access.level === "part") return [];
  const telling = await tellingOf(runtime, access, await tasksOfCase(runtime.db, id));
  return (await readJournal(runtime.db, id)).map((entry) => journalView(entry, telling));
}

/** What the entries of a case are told with. */
export async function tellingOf(runtime: Runtime, access: CaseAccess, tasks: readonly StoredTask[]): Promise<Telling> {
  const directory = await runtime.organisation.directory();
  return {
    bundle: await runtime.catalogue.pinned(access.stored.frame.bundle),
    directory,
    subjectName: subjectName(access.stored.state.subject, directory, access.about),
    tasks: new Map(tasks.map(({ id, title }) => [id, title])),
  };
}

/** Steps passed through, in the order of the first visit. */
function visitedOf(entries: readonly StoredEntry[]): string[] {
  return [
    ...new Set(entries.flatMap(({ entry }) => [...entry.taken.flatMap(({ from, to }) => [from, to]), ...entry.active])),
  ];
}

function dataOf(access: CaseAccess, { bundle }: Telling, reader: Reader): CaseView["data"] {
  const fields = declaredFields(bundle.compiled);
  const { data } = contextOf(access.stored.state);
  const wording = factWording(bundle);
  return [...new Set([...Object.keys(fields), ...Object.keys(data)])].map((name) => {
    const hidden = isHidden(name, fields[name], access, reader);
    return {
      name,
      title: fields[name]?.title ?? sentence(spelled(name)),
      value: hidden ? null : (data[name] ?? null),
      percent: typeOf({ fact: `case.${name}` }, wording)?.type === "percent",
      hidden,
    };
  });
}

async function relatedOf(runtime: Runtime, reader: Reader, access: CaseAccess): Promise<CaseView["related"]> {
  const { state } = access.stored;
  const related = await relatedCaseIds(runtime.db, state.id, state.subject);
  const ids = related.map(({ id }) => id);
  const seen = await seenCases(runtime.db, visibleCases(reader), ids);
  const rows = await caseRows(
    runtime.db,
    ids.filter((id) => seen.has(id)),
  );
  const briefs = new Map((await caseBriefs(runtime, [...rows.values()])).map((brief) => [brief.id, brief]));
  return related.flatMap(({ id, relation }) => {
    const brief = briefs.get(id);
    if (!brief) return [];
    const escalates = relation === "child" && brief.kind === "escalation";
    return [
      {
        caseId: id,
        title: `${brief.definition.title}${brief.period ? `, ${brief.period}` : ""}`,
        relation: escalates ? ("escalation" as const) : relation,
        status: brief.status,
      },
    ];
  });
}
