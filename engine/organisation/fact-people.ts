import { factInWords, spell } from "../rules/words.ts";

/** Whom a fact names, in words: `whoever holds the late task`, `whoever did manager review`. */
export function factPeopleInWords(fact: string): string {
  if (fact === "trigger.assignees") return "whoever holds the late task";
  const done = /^step\.([^.]+)\.by$/.exec(fact)?.[1];
  return done ? `whoever did ${spell(done)}` : `whoever is named in ${factInWords({ fact })}`;
}
