import type { TaskView } from "#engine/contract/views/cases.ts";
import type { Form } from "#engine/definition/form.ts";
import type { Json } from "#engine/words/json.ts";
import classes from "./form.module.css";
import type { Answers, QuestionState } from "./form-state.ts";
import { QuestionField } from "./question-field.tsx";
import { ShownMetric } from "./shown-metric.tsx";

/** A form document as a form: sections, questions that come and go by the answers, the number beside the question. */
export function TaskForm(props: {
  form: Form;
  answers: Answers;
  state: Map<string, QuestionState>;
  shown: TaskView["shown"];
  tried: boolean;
  readOnly: boolean;
  onAnswer: (question: string, value: Json) => void;
}) {
  return (
    <div className={classes.form}>
      {props.form.sections.map((section) => {
        const questions = section.questions.filter((question) => props.state.get(question.id)?.shown);
        if (questions.length === 0) return null;
        return (
          <section key={section.id} className={classes.section} aria-label={section.title}>
            <div>
              <h3 className={classes.sectionTitle}>{section.title}</h3>
              {section.description && <p className="secondary">{section.description}</p>}
            </div>
            {questions.map((question) => {
              const state = props.state.get(question.id);
              const beside = props.shown.filter((one) => one.question === question.id);
              if (!state) return null;
              return (
                <div
                  key={question.id}
                  id={`question-${question.id}`}
                  className={classes.question}
                  data-alone={beside.length === 0 || undefined}
                >
                  <QuestionField
                    question={question}
                    form={props.form}
                    state={state}
                    value={props.answers[question.id]}
                    tried={props.tried}
                    readOnly={props.readOnly}
                    onChange={(value) => props.onAnswer(question.id, value)}
                  />
                  {beside.map((one) => (
                    <ShownMetric key={one.metric} shown={one} />
                  ))}
                </div>
              );
            })}
          </section>
        );
      })}
    </div>
  );
}
