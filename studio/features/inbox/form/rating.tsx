import { Input } from "@mantine/core";
import { type CSSProperties, useId } from "react";
import type { Form, Question } from "#engine/definition/form.ts";
import { ratingValues } from "#engine/definition/form-answers.ts";
import classes from "./form.module.css";

/** The steps of a rating with their words: the form's scale, or the numbers from the question's least to its most. */
export function ratingSteps(form: Form, question: Question): { value: number; label: string }[] {
  return ratingValues(form, question).map((value, index) => ({
    value,
    label: form.scale?.labels[index] ?? String(value),
  }));
}

/** A rating: all its steps in sight, with their words; arrow keys move, a digit chooses. */
export function Rating(props: {
  question: Question;
  form: Form;
  value: number | null;
  required: boolean;
  disabled: boolean;
  error: string | null;
  onChange: (value: number) => void;
}) {
  const name = useId();
  const steps = ratingSteps(props.form, props.question);
  return (
    <Input.Wrapper
      label={props.question.title}
      labelElement="div"
      labelProps={{ id: `${name}-label` }}
      description={props.question.help}
      required={props.required}
      error={props.error}
    >
      <div
        role="radiogroup"
        aria-labelledby={`${name}-label`}
        className={classes.rating}
        data-many={steps.length > 6 || undefined}
        style={{ "--steps": steps.length } as CSSProperties}
      >
        {steps.map((step) => (
          <label key={step.value} className={classes.step} data-chosen={props.value === step.value || undefined}>
            <input
              type="radio"
              className={classes.radio}
              name={name}
              checked={props.value === step.value}
              disabled={props.disabled}
              onChange={() => props.onChange(step.value)}
            />
            <span className={classes.stepValue}>{step.value}</span>
            {step.label !== String(step.value) && <span className={classes.stepLabel}>{step.label}</span>}
          </label>
        ))}
      </div>
    </Input.Wrapper>
  );
}
