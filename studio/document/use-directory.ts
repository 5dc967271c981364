import { useMemo } from "react";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { useAnswer } from "../api/use-answer.ts";

const built = new WeakMap<object, Directory>();

/** The organisation as designers may see it, indexed once; null while it is on its way or not allowed. */
export function useDirectory(enabled = true): Directory | null {
  const answer = useAnswer("organisation", {}, { enabled });
  const data = answer.data;
  return useMemo(() => {
    if (typeof data !== "object" || data === null || !("people" in data)) return null;
    const known = built.get(data);
    if (known) return known;
    const directory = buildDirectory(data as unknown as OrganisationData);
    built.set(data, directory);
    return directory;
  }, [data]);
}
