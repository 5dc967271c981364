import type { Compiled } from "../compile/compile.ts";
import type { Subject } from "../contract/subject.ts";
import { instantInWords } from "../time/instant-text.ts";
import { thePeriod } from "../time/period.ts";
import { zone } from "../time/zone.ts";
import type { Channel } from "../words/channel.ts";
import type { Carrying } from "./carrying.ts";
import { type CaseHead, caseFacts } from "./facts.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import type { Joining } from "./members.ts";
import { placeOfPerson } from "./place.ts";
import type { Message, Task } from "./state.ts";
import type { World } from "./world.ts";

/** What a case's subject is called. */
export function subjectName(head: CaseHead, world: World): string {
  const { kind, id, type } = head.subject;
  if (kind === "person") return world.directory.nameOf(id);
  if (kind === "organisation") return "the organisation";
  if (kind === "unit") return world.directory.unit(id)?.title ?? id;
  const about = world.subject(head.subject)?.about;
  const what = kind === "record" && type ? `${type} ${id}` : id;
  return about ? `${what} about ${world.directory.nameOf(about)}` : what;
}

/** Whether a message goes to nobody but whom the case is about: their own name would tell them nothing. */
export const isOwn = ({ subject }: CaseHead, to: readonly string[]): boolean =>
  subject.kind === "person" && to.length === 1 && to[0] === subject.id;

/** The message that comes with a task: what it is, of whom, until when. No ratings, no pay: a mailbox is not our house. */
export function taskMessage(
  compiled: Compiled,
  head: CaseHead,
  world: World,
  task: Task,
  via: Channel[],
  text: string | undefined,
  event: StartEvent | CaseEvent,
  /** A sentence more. */
  more = "",
): Omit<Message, "id"> {
  const about = task.bundle ? compiled.definition.title : subjectName(head, world);
  const title =
    isOwn(head, task.assignees) && !task.bundle && task.kind !== "level" ? task.title : `${task.title}: ${about}`;
  const period = head.period === null ? "" : ` for ${thePeriod(head.period)}`;
  const sentences = [
    text ??
      `${compiled.definition.title}${period} needs you: ${task.title}${task.bundle ? ", for all in one place" : ""}.`,
  ];
  const zoneId = placeOfPerson(world, task.assignees[0], task.openedAt).zone;
  if (task.dueAt !== null)
    sentences.push(`Due ${instantInWords(task.dueAt, typeof zoneId === "string" ? zone(zoneId) : zoneId)}.`);
  if (head.members && head.members.length > 1) sentences.push(`${togetherInWords(head.members, world)}.`);
  if (more !== "") sentences.push(more);
  if (event.type === "transfer") sentences.push(`Handed over: ${event.reason}`);
  return {
    kind: task.kind === "level" ? "escalation" : "task",
    to: task.assignees,
    via,
    title,
    body: sentences.join(" "),
    task: task.id,
  };
}

/** Who or what meets in a case that many share, the first of them by name. */
export function togetherInWords(members: readonly Joining[], world: World): string {
  const names = members.slice(0, NAMED).map(({ subject }) => nameOf(subject, world));
  const more = members.length - names.length;
  return `${members.length} together: ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** How many of those who meet a message names. */
const NAMED = 10;

function nameOf({ kind, id }: Subject, world: World): string {
  if (kind === "person") return world.directory.nameOf(id);
  return kind === "unit" ? (world.directory.unit(id)?.title ?? id) : id;
}

/** Fills `{{fact}}` in an author's text with the fact's value; an id of a person becomes their name. */
export function fillIn(text: string, { compiled, head, context, world, draft, said }: Carrying): string {
  if (!world) return text;
  const read = caseFacts(head, context, world, draft.now, said);
  return text.replaceAll(/\{\{\s*([a-zA-Z][\w.-]{0,199})\s*\}\}/g, (_, fact: string) => {
    if (confidential(fact, compiled)) return "…";
    const value = fact === "subject" ? subjectName(head, world) : read(fact);
    if (value === undefined || value === null) return "…";
    if (typeof value === "string") return world.directory.person(value)?.name ?? value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

/** Pay, and case data with an audience of its own, never go into a message: who reads a mailbox is not ours to know. */
function confidential(fact: string, compiled: Compiled): boolean {
  if (/^(person|subject)\.(salary|salaryMinor)$/.test(fact)) return true;
  const field = /^case\.(.+)$/.exec(fact)?.[1];
  const fields = compiled.definition.kind === "workflow" ? compiled.definition.data : undefined;
  return field !== undefined && fields?.[field]?.visibility !== undefined;
}
