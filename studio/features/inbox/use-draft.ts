import { useCallback, useEffect, useRef, useState } from "react";
import type { TaskView } from "#engine/contract/views/cases.ts";
import type { Json } from "#engine/words/json.ts";
import { call } from "../../api/call.ts";
import { type ProblemError, sentenceOf } from "../../api/problem-error.ts";
import type { Answers } from "./form/form-state.ts";

const PAUSE = 800;

export interface Draft {
  answers: Answers;
  answer: (question: string, value: Json) => void;
  /** What to say about keeping: null before anything was typed. */
  kept: { at: number } | { problem: string } | "keeping" | null;
  /** Sends what waits at once; for leaving the task. */
  stop: () => void;
}

/**
 * The answers of a task while they are typed. Kept on the server a moment after the last key, one request at a time, and
 * never over somebody else's: a draft changed elsewhere is said and not overwritten.
 */
export function useDraft(view: TaskView): Draft {
  const id = view.task.id;
  const [answers, setAnswers] = useState<Answers>(() => ({ ...view.answers, ...view.draft?.answers }));
  const [kept, setKept] = useState<Draft["kept"]>(view.draft ? { at: view.draft.savedAt } : null);
  const revision = useRef(view.draft?.revision ?? 0);
  const latest = useRef(answers);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const busy = useRef(false);
  const dirty = useRef(false);

  const typed = useRef<Answers>({});
  const together = view.together !== undefined;

  // Others write into the same answers: theirs come in, except where something was typed here that is not kept yet.
  const theirs = view.draft;
  useEffect(() => {
    if (!together || !theirs || theirs.revision <= revision.current || busy.current) return;
    revision.current = theirs.revision;
    latest.current = { ...theirs.answers, ...typed.current };
    setAnswers(latest.current);
    setKept({ at: theirs.savedAt });
  }, [together, theirs]);

  const save = useCallback(async () => {
    if (busy.current || !dirty.current) return;
    busy.current = true;
    dirty.current = false;
    const sent = typed.current;
    typed.current = {};
    setKept("keeping");
    try {
      const answer = await call("saveTaskDraft", {
        params: { id },
        body: { answers: latest.current, expectedRevision: revision.current },
      });
      revision.current = answer.revision;
      setKept({ at: answer.savedAt });
    } catch (error) {
      const elsewhere = (error as ProblemError).status === 409;
      typed.current = { ...sent, ...typed.current };
      const newest = elsewhere && together ? await call("task", { params: { id } }).catch(() => null) : null;
      if (newest?.draft) {
        revision.current = newest.draft.revision;
        latest.current = { ...newest.draft.answers, ...typed.current };
        setAnswers(latest.current);
        dirty.current = true;
      } else {
        setKept({ problem: elsewhere ? "This task changed in another window. Reload to see it." : sentenceOf(error) });
        dirty.current = !elsewhere;
      }
    } finally {
      busy.current = false;
    }
    if (dirty.current) waiting.current = setTimeout(() => void save(), PAUSE * 3);
  }, [id, together]);

  const answer = useCallback(
    (question: string, value: Json) => {
      latest.current = { ...latest.current, [question]: value };
      typed.current = { ...typed.current, [question]: value };
      setAnswers(latest.current);
      dirty.current = true;
      clearTimeout(waiting.current);
      waiting.current = setTimeout(() => void save(), PAUSE);
    },
    [save],
  );

  const stop = useCallback(() => {
    clearTimeout(waiting.current);
    dirty.current = false;
  }, []);

  useEffect(
    () => () => {
      clearTimeout(waiting.current);
      void save();
    },
    [save],
  );
  return { answers, answer, kept, stop };
}
