import type { z } from "zod";
import type { DefinitionBrief, DefinitionView, VersionView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import { checkSource, existing } from "../commands/draft.ts";
import type { Runtime } from "../commands/runtime.ts";
import {
  countOpenCases,
  type DefinitionRow,
  listDefinitions,
  listVersions,
  type VersionRow,
} from "../store/definitions-read.ts";

type Version = z.infer<typeof VersionView>;
type OpenCases = Awaited<ReturnType<typeof countOpenCases>>;

/** Documents as lists show them, narrowed by kind and words of the title or id. */
export async function definitionBriefs(
  runtime: Runtime,
  filter: { kind?: string | undefined; q?: string | undefined },
): Promise<DefinitionBrief[]> {
  const open = await countOpenCases(runtime.db);
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (await listDefinitions(runtime.db))
    .filter(({ kind }) => filter.kind === undefined || kind === filter.kind)
    .filter(({ id, title }) => words.every((word) => `${id} ${title}`.toLowerCase().includes(word)))
    .map((row) => briefOf(runtime, row, open));
}

/** A document with its draft, problems and versions. Throws `Refused` where there is none. */
export async function definitionView(runtime: Runtime, kind: string, id: string): Promise<DefinitionView> {
  const row = await existing(runtime, kind, id);
  const open = await countOpenCases(runtime.db);
  const versions = await listVersions(runtime.db, kind, id);
  const live = versions.find(({ version }) => version === row.liveVersion);
  const source = row.draft ?? live?.source ?? "";
  const { definition, issues } = checkSource(runtime, source);
  return {
    brief: briefOf(runtime, row, open),
    source,
    document: (definition as unknown as Json) ?? readable(source),
    revision: row.revision,
    issues,
    versions: versions.map((version) => versionView(version, open)),
  };
}

/** One version as lists show it. */
export function versionView(row: VersionRow, open: OpenCases): Version {
  return {
    version: row.version,
    hash: row.hash,
    note: row.note,
    publishedAt: row.publishedAt,
    publishedBy: row.publishedBy,
    retiredAt: row.retiredAt,
    openCases: open
      .filter(({ kind, id, version }) => kind === row.kind && id === row.id && version === row.version)
      .reduce((sum, { open: n }) => sum + n, 0),
  };
}

function briefOf(runtime: Runtime, row: DefinitionRow, open: OpenCases): DefinitionBrief {
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
            updatedBy: row.updatedBy,
            differs: live === undefined || row.draftHash !== live.hash,
          },
    live: live
      ? { version: live.version, publishedAt: live.publishedAt, publishedBy: live.publishedBy, hash: live.hash }
      : null,
    openCases: open
      .filter(({ kind, id }) => kind === row.kind && id === row.id)
      .reduce((sum, { open: n }) => sum + n, 0),
    problems: { errors: row.draftErrors, warnings: row.draftWarnings },
  };
}

/** What JSON makes of a text that is no document yet; null where it is not even that. */
function readable(source: string): Json {
  try {
    return JSON.parse(source) as Json;
  } catch {
    return null;
  }
}
