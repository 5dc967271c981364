import { type Definition, KINDS, type Kind } from "#engine/definition/definition.ts";
import { contentHash } from "#engine/definition/hash.ts";
import { parseText } from "#engine/definition/parse-text.ts";
import { lint } from "#engine/lint/run.ts";
import { Id } from "#engine/words/ids.ts";
import type { Issue } from "#engine/words/issue.ts";
import { type DefinitionRow, listDefinitions, readDefinition } from "../store/definitions-read.ts";
import { type Draft, dropDraft, insertDefinition, updateDraft } from "../store/definitions-write.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** A draft as it was read: the document where it could be read, and everything that is wrong with it. */
export interface CheckedDraft {
  definition: Definition | null;
  issues: Issue[];
}

/** Largest draft that is kept, in characters. */
const LARGEST = 5_000_000;

/** Reads and checks a draft against what is live. */
export function checkSource(runtime: Runtime, source: string): CheckedDraft {
  const parsed = parseText(source);
  if (!parsed.ok) return { definition: null, issues: parsed.issues };
  return { definition: parsed.definition, issues: lint(parsed.definition, runtime.catalogue.live) };
}

/**
 * Creates a document from its text: a draft, which may have problems but must say what it is. Throws `Refused`:
 * `has-problems` for text whose kind or id cannot be read, `already-exists`.
 */
export async function createDefinition(runtime: Runtime, principal: Principal, source: string): Promise<DefinitionRow> {
  const head = headOf(source);
  const checked = checkSource(runtime, source);
  if (!head) {
    throw new Refused(
      "has-problems",
      "The text does not say which document it is: it needs a kind, an id and a title.",
      {
        issues: checked.issues,
      },
    );
  }
  if (await readDefinition(runtime.db, head.kind, head.id)) {
    throw taken(head);
  }
  const at = runtime.clock.now();
  const write = runtime.audit.write(
    {
      at,
      by: principal.personId,
      what: "definition.created",
      words: `created the ${head.kind} "${head.title}"`,
      details: { kind: head.kind, id: head.id },
    },
    [insertDefinition(draftOf(head, source, checked), at, principal.personId)],
  );
  await write.catch((cause) => {
    throw /UNIQUE/.test(String(cause)) ? taken(head) : cause;
  });
  return changed(runtime, head.kind, head.id);
}

/**
 * Saves a draft over the one at `expectedRevision`. It may have problems; its kind and id stay what they are.
 * Throws `Refused`: `not-found`, `stale-revision`, `bad-input`.
 */
export async function saveDraft(
  runtime: Runtime,
  principal: Principal,
  kind: string,
  id: string,
  input: { source: string; expectedRevision: number },
): Promise<DefinitionRow> {
  const row = await existing(runtime, kind, id);
  if (input.source.length > LARGEST)
    throw new Refused("bad-input", "The text is longer than 5 MB. Split the document.");
  const head = headOf(input.source);
  if (head && (head.kind !== kind || head.id !== id)) {
    throw new Refused("bad-input", `This is the ${kind} "${id}". Give the text "kind": "${kind}" and "id": "${id}".`);
  }
  const checked = checkSource(runtime, input.source);
  const draft = draftOf(head ?? { kind, id, title: row.title, description: row.description }, input.source, checked);
  const [written] = await runtime.db.write([
    updateDraft(draft, input.expectedRevision, runtime.clock.now(), principal.personId),
  ]);
  if (written!.rows.length === 0) throw staleDraft(row, input.expectedRevision);
  return changed(runtime, kind, id);
}

/** Drops a draft: the live version stands again; a document that was never published is gone. */
export async function discardDraft(runtime: Runtime, principal: Principal, kind: string, id: string): Promise<void> {
  const row = await existing(runtime, kind, id);
  if (row.draft === null) return;
  const at = runtime.clock.now();
  await runtime.audit.write(
    {
      at,
      by: principal.personId,
      what: "draft.discarded",
      words: `discarded the draft of the ${kind} "${row.title}"`,
      details: { kind, id },
    },
    dropDraft(kind, id, at, principal.personId),
  );
  runtime.events.emit({ topic: "definition", id: `${kind}/${id}`, revision: row.revision + 1 });
}

/** Every document as it stands, draft over live, for checks that look across documents. */
export async function documentsAsTheyStand(runtime: Runtime): Promise<Definition[]> {
  const drafts = (await listDefinitions(runtime.db)).flatMap(({ draft }) => {
    const parsed = draft === null ? undefined : parseText(draft);
    return parsed?.ok ? [parsed.definition] : [];
  });
  const live = [...runtime.catalogue.versions()].map(({ document }) => document);
  const all = new Map([...live, ...drafts].map((document) => [`${document.kind}/${document.id}`, document]));
  return [...all.values()];
}

/** A document's row, or `Refused`. */
export async function existing(runtime: Runtime, kind: string, id: string): Promise<DefinitionRow> {
  const row = await readDefinition(runtime.db, kind, id);
  if (!row) throw new Refused("not-found", `There is no ${kind} "${id}".`);
  return row;
}

export const staleDraft = (row: DefinitionRow, expected: number) =>
  new Refused(
    "stale-revision",
    `The draft has been changed meanwhile (it is at revision ${row.revision}, you changed ${expected}). Load it again and make your change there.`,
  );

async function changed(runtime: Runtime, kind: string, id: string): Promise<DefinitionRow> {
  const row = await existing(runtime, kind, id);
  runtime.events.emit({ topic: "definition", id: `${kind}/${id}`, revision: row.revision });
  return row;
}

const taken = ({ kind, id }: Head) =>
  new Refused("already-exists", `There is a ${kind} "${id}" already. Choose another id, or open it.`);

interface Head {
  kind: Kind | string;
  id: string;
  title: string;
  description: string | null;
}

/** What a document is, where its text says it, however wrong the rest may be. */
function headOf(source: string): Head | undefined {
  let value: unknown;
  try {
    value = JSON.parse(source.startsWith("\uFEFF") ? source.slice(1) : source);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object") return undefined;
  const { kind, id, title, description } = value as Record<string, unknown>;
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind) || !Id.safeParse(id).success) return undefined;
  return {
    kind,
    id: id as string,
    title: typeof title === "string" && title !== "" ? title.slice(0, 200) : (id as string),
    description: typeof description === "string" ? description.slice(0, 4000) : null,
  };
}

function draftOf(head: Head, source: string, { definition, issues }: CheckedDraft): Draft {
  return {
    ...head,
    source,
    hash: definition ? contentHash(definition) : null,
    errors: issues.filter(({ severity }) => severity === "error").length,
    warnings: issues.filter(({ severity }) => severity === "warning").length,
  };
}
