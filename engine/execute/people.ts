import type { Context } from "../compile/context.ts";
import { resolvePeople } from "../organisation/resolve-people.ts";
import type { PersonRef } from "../words/reference.ts";
import { aboutPerson, type CaseHead, caseFacts, type Said } from "./facts.ts";
import { metricOfCase } from "./metric-people.ts";
import type { Answer } from "./tape.ts";
import type { World } from "./world.ts";

/** Whom a question about people is asked for. */
export interface PeopleQuestion {
  head: CaseHead;
  context: Context;
  world: World;
  now: number;
  /** Who did what led here, for `"of": "actor"`. */
  actor: string | null;
  said?: Said;
  /** People who may not be found, with the reason. */
  shutOut?: ReadonlyMap<string, string>;
}

/** Somebody who acts for another who is away. */
export interface OnBehalf {
  person: string;
  of: string;
}

/** Who some references find now, together and without doubles, why these, and for whom they act. */
export function findPeople(
  refs: readonly PersonRef[],
  question: PeopleQuestion,
): Answer & { onBehalf: readonly OnBehalf[] } {
  const { head, context, world, now, actor, said } = question;
  const people = new Set<string>();
  const because: string[] = [];
  const onBehalf: OnBehalf[] = [];
  const about = aboutPerson(head, world);
  const known = head.subject.kind === "person" ? undefined : world.subject(head.subject);
  const metric = metricOfCase(head);
  const kind = head.subject.kind === "organisation" ? "unit" : head.subject.kind;
  for (const ref of refs) {
    const found = resolvePeople(ref, {
      subject: { kind, id: head.subject.id, ...(about ? { about } : {}), ...(known?.unit ? { unit: known.unit } : {}) },
      ...(actor ? { actor } : {}),
      at: now,
      directory: world.directory,
      fact: caseFacts(head, context, world, now, said),
      ...(metric === undefined ? {} : world.metricPeople(metric)),
      ...(question.shutOut ? { shutOut: question.shutOut } : {}),
    });
    for (const person of found.people) people.add(person);
    if (found.because) because.push(found.because);
    onBehalf.push(...found.onBehalf.map(({ person, of }) => ({ person, of })));
  }
  return { answer: [...people], because: because.join("; "), onBehalf };
}
