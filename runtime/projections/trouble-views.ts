import type { TroubleView } from "#engine/contract/routes/operations.ts";
import type { Block, CaseState } from "#engine/execute/state.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Runtime } from "../commands/runtime.ts";
import { loadCases, type StoredCase } from "../store/cases-load.ts";
import { triesOf } from "../store/incidents.ts";
import { listEffects, type OutboxItem } from "../store/outbox.ts";
import { listBlocked, listIncidents } from "../store/troubles-read.ts";
import { effectInWords } from "./effect-words.ts";

/** What usually helps, by why a case stands still. */
const HINTS: Record<Block["code"], string> = {
  "no-actor":
    "Give whom the step asks for (a manager, a role, a unit's head) in People or by an import, then try again.",
  "no-way": "No way out of this step holds. Put the data right that it decides on, then try again.",
  "missing-facts": "Bring in the numbers that it decides on, by an import or in Metrics, then try again.",
  "too-many-visits":
    "It has been round this loop as often as its drawing allows. Decide by hand: cancel it and begin anew.",
  incident: "Look at why, put the definition or the data right, then try again.",
};

export interface TroublePage {
  items: TroubleView[];
  total: number;
  next: string | null;
}

/** Effects that were given up, the newest first. */
export async function deadLetters(runtime: Runtime, page: { limit: number; cursor?: string }): Promise<TroublePage> {
  const { items, total, next } = await listEffects(runtime.db, { status: "dead", ...page });
  const about = await aboutCases(
    runtime,
    items.flatMap(({ caseId }) => caseId ?? []),
  );
  const directory = await runtime.organisation.directory();
  return { items: items.map((item) => withoutFunctions(deadLetter(item, about(item.caseId), directory))), total, next };
}

function deadLetter(item: OutboxItem, about: About, directory: Directory): TroubleView {
  return {
    ...about,
    id: `effect:${item.id}`,
    kind: "dead-letter",
    title: effectInWords(item.kind, item.payload, directory),
    why: item.error ?? "It failed without a reason.",
    hint:
      item.kind === "email" || item.kind === "call"
        ? "See whether the other side answers again, then try again. Discarded, it is not sent, and a case that waits for it goes on as failed."
        : "Put right what it names, then try again.",
    step: null,
    tries: item.tries,
    at: item.createdAt,
    can: ["retry", "discard"],
  };
}

/** Cases that nobody can go on with, those that have waited longest first. */
export async function blockedCases(runtime: Runtime, page: { limit: number; cursor?: string }): Promise<TroublePage> {
  const { ids, total, next } = await listBlocked(runtime.db, page);
  const cases = await loadCases(runtime.db, ids);
  const about = await aboutCases(runtime, ids);
  const items = ids.flatMap((id): TroubleView[] => {
    const state = cases.get(id)?.state;
    const [block] = state?.blocks ?? [];
    if (!state || !block) return [];
    return [
      {
        ...about(id),
        id: `case:${id}`,
        kind: "blocked",
        title: about(id).caseTitle ?? id,
        why: state.blocks.map(({ message }) => message).join(" "),
        hint: HINTS[block.code],
        step: about(id).stepTitle(block.step),
        tries: 0,
        at: block.since,
        can: ["retry", "cancel"],
      },
    ];
  });
  return { items: items.map(withoutFunctions), total, next };
}

/** What could not be carried out and was set aside, the newest first. */
export async function incidents(runtime: Runtime, page: { limit: number; cursor?: string }): Promise<TroublePage> {
  const { rows, total, next } = await listIncidents(runtime.db, page);
  const about = await aboutCases(
    runtime,
    rows.map(({ caseId }) => caseId),
  );
  const items: TroubleView[] = [];
  for (const row of rows) {
    items.push({
      ...about(row.caseId),
      id: `incident:${row.id}`,
      kind: "incident",
      title: about(row.caseId).caseTitle ?? row.caseId,
      why: row.message,
      hint: HINTS.incident,
      step: row.what,
      tries: await triesOf(runtime.db, row.caseId, row.what),
      at: row.at,
      can: ["retry", "discard", "cancel"],
    });
  }
  return { items: items.map(withoutFunctions), total, next };
}

type About = Pick<TroubleView, "caseId" | "caseTitle" | "subject" | "definition"> & { stepTitle(step: string): string };

/** What each case is about, by its id; null where an effect belongs to no case. */
async function aboutCases(runtime: Runtime, ids: readonly string[]): Promise<(id: string | null) => About> {
  const cases = await loadCases(runtime.db, [...new Set(ids)]);
  const directory = await runtime.organisation.directory();
  const known = new Map<string, About>();
  for (const [id, stored] of cases) known.set(id, await aboutOf(runtime, stored, directory));
  const nothing = { caseId: null, caseTitle: null, subject: null, definition: null, stepTitle: (step: string) => step };
  return (id) => (id === null ? nothing : (known.get(id) ?? { ...nothing, caseId: id }));
}

async function aboutOf(runtime: Runtime, { state, frame }: StoredCase, directory: Directory): Promise<About> {
  const { kind, id } = state.definition;
  const bundle = await runtime.catalogue.pinned(frame.bundle).catch(() => undefined);
  const title = bundle?.title ?? id;
  const name = nameOfSubject(state, directory);
  return {
    caseId: state.id,
    caseTitle: `${title}: ${name}`,
    subject: { kind: state.subject.kind, id: state.subject.id, name },
    definition: { kind, id, title },
    stepTitle: (step) => bundle?.compiled.map.steps.get(step)?.step.title ?? step,
  };
}

function nameOfSubject({ subject }: CaseState, directory: Directory): string {
  if (subject.kind === "person") return directory.nameOf(subject.id);
  if (subject.kind === "unit") return directory.unit(subject.id)?.title ?? subject.id;
  return subject.id;
}

const withoutFunctions = ({ stepTitle: _stepTitle, ...view }: TroubleView & { stepTitle?: unknown }): TroubleView =>
  view;
