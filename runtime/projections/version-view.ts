import type { z } from "zod";
import type { VersionView } from "#engine/contract/views/definitions.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { countOpenCases, VersionRow } from "../store/definitions-read.ts";

/** Open cases by document and version. */
export type OpenCases = Awaited<ReturnType<typeof countOpenCases>>;

/** One immutable version as lists show it, with how many cases still run it. */
export function versionView(
  row: VersionRow,
  { directory, open }: { directory: Directory; open: OpenCases },
): z.infer<typeof VersionView> {
  const { kind, id, version } = row;
  return {
    version,
    hash: row.hash,
    note: row.note,
    publishedAt: row.publishedAt,
    publishedBy: nameIn(directory, row.publishedBy),
    retiredAt: row.retiredAt,
    openCases: open.find((one) => one.kind === kind && one.id === id && one.version === version)?.open ?? 0,
  };
}

/** A person by name; null for the system. */
export const nameIn = (directory: Directory, person: string | null): string | null =>
  person === null ? null : directory.nameOf(person);
