import type { TaskBrief } from "#engine/contract/views/cases.ts";
import { useMaybeMe } from "./me.ts";

/** How tasks are told to whoever reads them: nobody wants to read their own name. */
export interface Told {
  /** Whether the task is about the reader. */
  isMine(task: Pick<TaskBrief, "subject">): boolean;
  /** Whom it is about: `you`, or their name. */
  whom(task: Pick<TaskBrief, "subject" | "subjectName">): string;
  /** The task in a line: its title, and whom it is about where that is somebody else. */
  line(task: Pick<TaskBrief, "title" | "subject" | "subjectName">): string;
  /** A sentence in which the reader's name stands, as they would hear it. */
  toMe(sentence: string): string;
}

/** Tells tasks to the person who looks at the page. */
export function useAboutMe(): Told {
  const me = useMaybeMe();
  return aboutMe(me?.viewingAs ?? me?.person ?? null);
}

/** Tells tasks to a reader; to nobody in particular they keep every name. */
export function aboutMe(reader: { id: string; name: string } | null): Told {
  const isMine: Told["isMine"] = ({ subject }) => subject.kind === "person" && subject.id === reader?.id;
  const whom: Told["whom"] = (task) => (isMine(task) ? "you" : task.subjectName);
  return {
    isMine,
    whom,
    line: (task) => (isMine(task) ? task.title : `${task.title}: ${task.subjectName}`),
    toMe: (sentence) => (reader ? sentence.replaceAll(reader.name, "you") : sentence),
  };
}
