import { Input } from "@mantine/core";
import { type CSSProperties, useId } from "react";
import type { Form, Question } from "#engine/definition/form.ts";
import classes from "./form.module.css";

/** The steps of a rating: the question's own values, the form's scale, or one to five. */
export function ratingSteps(question: Question, scale: Form["scale"]): { value: number; label: string }[] {
  if (question.of && question.of.length > 0) {
    return question.of.map((one, index) => ({ value: typeof one === "number" ? one : index + 1, label: String(one) }));
  }
  if (scale) return scale.values.map((value, index) => ({ value, label: scale.labels[index] ?? String(value) }));
  const low = question.min ?? 1;
  const high = question.max ?? 5;
  return Array.from({ length: Math.max(0, high - low) + 1 }, (_, index) => ({
    value: low + index,
    label: String(low + index),
  }));
}

/** A rating: all its steps in sight, with their words; arrow keys move, a digit chooses. */
export function Rating(props: {
  question: Question;
  scale: Form["scale"];
  value: number | null;
  required: boolean;
  disabled: boolean;
  error: string | null;
  onChange: (value: number) => void;
}) {
  const name = useId();
  const steps = ratingSteps(props.question, props.scale);
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
