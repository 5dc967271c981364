import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Form } from "#engine/definition/form.ts";
import { scoreOf } from "#engine/definition/form-answers.ts";
import { useDocumentsOf, useOpen } from "../../document/editing.tsx";
import { type Answers, formState } from "../inbox/form/form-state.ts";
import { TaskForm } from "../inbox/form/task-form.tsx";
import classes from "./forms.module.css";

/** The form as people get it, to try: what is asked, needed and locked by the answers, and the score they come to. */
export function FormPreview() {
  const document = useOpen((state) => state.document);
  const metrics = useDocumentsOf("metric");
  const [answers, setAnswers] = useState<Answers>({});
  const [tried, setTried] = useState(false);
  const form = useMemo(() => {
    const parsed = Form.safeParse(document);
    return parsed.success ? parsed.data : null;
  }, [document]);
  const [last, setLast] = useState(form);
  if (form && form !== last) setLast(form);
  const shown = form ?? last;
  const state = useMemo(() => (shown ? formState(shown, answers) : null), [shown, answers]);
  if (!shown || !state) return <p className="secondary">The form shows here once its shape is right.</p>;
  const score = scoreOf(shown, answers);
  const open = [...state.values()].filter((one) => one.shown && one.problem !== null).length;
  const beside = shown.sections.flatMap((section) =>
    section.questions.flatMap((question) =>
      question.shows
        ? [
            {
              question: question.id,
              metric: question.shows.metric,
              title: metrics.find((one) => one.value === question.shows?.metric)?.label ?? question.shows.metric,
              value: null,
              target: question.target ?? null,
              attainment: null,
              asOf: null,
              stale: false,
            },
          ]
        : [],
    ),
  );
  return (
    <div className={classes.preview}>
      {!form && <p className="attention">Something is not finished yet: this is the form as it was before.</p>}
      <TaskForm
        form={shown}
        answers={answers}
        state={state}
        shown={beside}
        tried={tried}
        readOnly={false}
        onAnswer={(question, value) => setAnswers((old) => ({ ...old, [question]: value }))}
      />
      <footer className={classes.previewFoot}>
        <Button variant="default" size="xs" onClick={() => setTried(true)}>
          Try to send
        </Button>
        <Button
          variant="subtle"
          size="xs"
          onClick={() => {
            setAnswers({});
            setTried(false);
          }}
        >
          Clear
        </Button>
        <span className="secondary">
          {tried &&
            (open === 0 ? "It could be sent. " : `${open} ${open === 1 ? "answer is" : "answers are"} not right yet. `)}
          {shown.score && shown.score.kind !== "none" && (
            <>
              Score {score.score ?? "none yet"}
              {score.missing.length > 0 ? `, ${score.missing.length} not rated` : ""}
            </>
          )}
        </span>
      </footer>
    </div>
  );
}
