import type { Directory } from "#engine/organisation/directory.ts";

/** The managers of the people that a session is about. */
export function participantsOf(
  members: readonly { subject: { kind: string; id: string } }[],
  directory: Directory,
  date: string,
): string[] {
  const people = members.filter(({ subject }) => subject.kind === "person");
  return [...new Set(people.flatMap(({ subject }) => directory.managerOf(subject.id, date) ?? []))];
}
