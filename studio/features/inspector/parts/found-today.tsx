import { useEffect, useState } from "react";
import type { Directory } from "#engine/organisation/directory.ts";
import { resolvePeople } from "#engine/organisation/resolve-people.ts";
import type { Json } from "#engine/words/json.ts";
import { PersonRef } from "#engine/words/reference.ts";
import { useMe } from "../../../api/me.ts";
import { useDirectory } from "../../../document/use-directory.ts";
import { number } from "../../../text/number.ts";

/** Whom a reference finds today: `4,998 of 5,000 people have somebody`. Counted in slices, so that typing never waits. */
export function FoundToday({ value, subject }: { value: Json | undefined; subject: string }) {
  const counts = subject === "person";
  const directory = useDirectory(counts);
  const at = useMe().now;
  const key = JSON.stringify(value ?? null);
  const [found, setFound] = useState<{ key: string; with: number; of: number; without: string[] } | null>(null);
  useEffect(() => {
    if (!directory) return;
    const ref = PersonRef.safeParse(JSON.parse(key));
    if (!ref.success || dependsOnCase(ref.data)) {
      setFound(null);
      return;
    }
    return countInSlices(directory, ref.data, at, (result) => setFound({ key, ...result }));
  }, [directory, key, at]);
  if (!counts || !found || found.key !== key) return <>Found when the step starts.</>;
  const missing = found.of - found.with;
  return (
    <>
      Found when the step starts. Today: {number(found.with)} of {number(found.of)}.{" "}
      {missing > 0 && (
        <span className="attention">
          {missing === 1 ? "1 person has" : `${number(missing)} people have`} nobody: {found.without.join(", ")}
          {missing > found.without.length ? ", …" : ""}. Their step would be blocked, visibly.
        </span>
      )}
    </>
  );
}

const dependsOnCase = (ref: PersonRef): boolean =>
  "fact" in ref ||
  "metric" in ref ||
  ("of" in ref && ref.of === "actor") ||
  (ref.else !== undefined && dependsOnCase(ref.else));

function countInSlices(
  directory: Directory,
  ref: PersonRef,
  at: number,
  done: (result: { with: number; of: number; without: string[] }) => void,
): () => void {
  const date = new Date(at).toISOString().slice(0, 10);
  const people = directory.people().filter((person) => directory.isHere(person.id, date));
  const without: string[] = [];
  let index = 0;
  let some = 0;
  let timer: ReturnType<typeof setTimeout>;
  const slice = () => {
    const until = performance.now() + 8;
    while (index < people.length && performance.now() < until) {
      const person = people[index]!;
      index += 1;
      const answer = resolvePeople(ref, {
        directory,
        at,
        subject: { kind: "person", id: person.id },
        fact: () => undefined,
      });
      if (answer.people.length > 0) some += 1;
      else if (without.length < 3) without.push(person.name);
    }
    if (index < people.length) timer = setTimeout(slice, 0);
    else done({ with: some, of: people.length, without });
  };
  timer = setTimeout(slice, 150);
  return () => clearTimeout(timer);
}
