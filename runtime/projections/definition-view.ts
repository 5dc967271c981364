import type { DefinitionBrief, DefinitionView } from "#engine/contract/views/definitions.ts";
import { contentHash } from "#engine/definition/hash.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Issue } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { existing } from "../commands/draft.ts";
import type { Runtime } from "../commands/runtime.ts";
import {
  countOpenCases,
  type DefinitionRow,
  listDefinitions,
  listVersions,
  type VersionRow,
} from "../store/definitions-read.ts";
import { checksOf } from "./definition-checks.ts";
import { nameIn, type OpenCases, versionView } from "./version-view.ts";

/** What briefs are made with, read once for a whole list. */
interface Briefing {
  runtime: Runtime;
  directory: Directory;
  open: OpenCases;
  /** Every row: a draft is checked against the drafts it names. */
  rows: readonly DefinitionRow[];
}

/** Documents as lists show them, narrowed by kind and by words of the title, the id or the description. */
export async function definitionBriefs(
  runtime: Runtime,
  filter: { kind?: string | undefined; q?: string | undefined },
): Promise<DefinitionBrief[]> {
  const rows = await listDefinitions(runtime.db);
  const briefing = await briefingOf(runtime, rows);
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = (row: DefinitionRow) => {
    const text = `${row.id} ${row.title} ${row.description ?? ""}`.toLowerCase();
    return (filter.kind === undefined || row.kind === filter.kind) && words.every((word) => text.includes(word));
  };
  return rows.filter(wanted).map((row) => briefOf(briefing, row, checksOf(runtime).issuesOf(row, briefing.rows)));
}

/** A document with its draft, problems and versions. Throws `Refused` where there is none. */
export async function definitionView(runtime: Runtime, kind: string, id: string): Promise<DefinitionView> {
  const row = await existing(runtime, kind, id);
  const briefing = await briefingOf(runtime, await listDefinitions(runtime.db));
  const versions = await listVersions(runtime.db, kind, id);
  const live = versions.find(({ version }) => version === row.liveVersion);
  const source = row.draft ?? live?.source ?? "";
  const issues = checksOf(runtime).issuesOf(row, briefing.rows);
  return {
    brief: briefOf(briefing, row, issues),
    source,
    document: row.draft === null ? ((live?.document ?? null) as Json) : jsonOf(source),
    revision: row.revision,
    issues,
    versions: versions.map((version) => versionView(version, briefing)),
  };
}

async function briefingOf(runtime: Runtime, rows: readonly DefinitionRow[]): Promise<Briefing> {
  const directory = await runtime.organisation.directory();
  return { runtime, directory, open: await countOpenCases(runtime.db), rows };
}

function briefOf(
  { runtime, directory, open }: Briefing,
  row: DefinitionRow,
  issues: readonly Issue[],
): DefinitionBrief {
  const live = row.liveVersion === null ? undefined : runtime.catalogue.version(row.kind, row.id);
  return {
    kind: row.kind,
    id: row.id,
    title: row.title,
    description: row.description,
    draft:
      row.draft === null
        ? null
        : {
            revision: row.revision,
            updatedAt: row.updatedAt,
            updatedBy: nameIn(directory, row.updatedBy),
            differs: live === undefined || differs(runtime, row, live),
          },
    live: live
      ? {
          version: live.version,
          publishedAt: live.publishedAt,
          publishedBy: nameIn(directory, live.publishedBy),
          hash: live.hash,
        }
      : null,
    openCases: open
      .filter(({ kind, id }) => kind === row.kind && id === row.id)
      .reduce((sum, { open: count }) => sum + count, 0),
    problems: {
      errors: issues.filter(({ severity }) => severity === "error").length,
      warnings: issues.filter(({ severity }) => severity === "warning").length,
    },
  };
}

/** Whether a draft means something else than what is live. A calendar's version also holds its computed holidays. */
function differs(runtime: Runtime, row: DefinitionRow, live: VersionRow): boolean {
  if (row.draft === live.source || row.draftHash === live.hash) return false;
  if (row.kind !== "calendar") return true;
  const { parsed } = checksOf(runtime).read(live.source);
  return !parsed.ok || contentHash(parsed.definition) !== row.draftHash;
}

/** What a draft's text says as JSON; null for a text that was kept although it is none. */
function jsonOf(source: string): Json {
  try {
    return JSON.parse(source.startsWith("\uFEFF") ? source.slice(1) : source) as Json;
  } catch {
    return null;
  }
}
