import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Filters that live in the address, so that a list can be linked to, reloaded and gone back to. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ""])) as Record<Name, string>;
  const set = useCallback(
    (name: Name, value: string | null) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const clear = useCallback(() => setSearch({}, { replace: true }), [setSearch]);
  return { values, set, clear, any: names.some((name) => values[name] !== "") };
}
