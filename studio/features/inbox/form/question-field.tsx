import { Input, MultiSelect, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import type { Form, Question } from "#engine/definition/form.ts";
import type { Json } from "#engine/words/json.ts";
import { useMaybeMe } from "../../../api/me.ts";
import { PeopleChooser, PersonChooser } from "../../../ui/person-chooser.tsx";
import type { QuestionState } from "./form-state.ts";
import { Rating } from "./rating.tsx";

interface FieldProps {
  question: Question;
  form: Form;
  state: QuestionState;
  value: Json | undefined;
  /** Problems are shown once the person has tried to send, or has left the field. */
  tried: boolean;
  readOnly: boolean;
  onChange: (value: Json) => void;
}

const asText = (value: Json | undefined): string => (typeof value === "string" ? value : "");
const asNumber = (value: Json | undefined): number | "" => (typeof value === "number" ? value : "");
const asList = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** One question as the control that fits its type. */
export function QuestionField({ question, form, state, value, tried, readOnly, onChange }: FieldProps) {
  const currency = useMaybeMe()?.organisation.currency ?? "USD";
  const disabled = readOnly || state.locked;
  const common = {
    label: question.title,
    description: state.locked ? [question.help, "Locked by another answer."].filter(Boolean).join(" ") : question.help,
    required: state.required,
    withAsterisk: state.required,
    disabled,
    error: tried ? state.problem : null,
  };
  const options = (question.of ?? []).map((one) => ({ value: String(one), label: String(one) }));
  // An option may be a number: give back the author's own value, not its text.
  const chosen = (text: string): Json => question.of?.find((one) => String(one) === text) ?? text;
  switch (question.type) {
    case "rating":
      return (
        <Rating
          question={question}
          form={form}
          value={typeof value === "number" ? value : null}
          required={state.required}
          disabled={disabled}
          error={tried ? state.problem : null}
          onChange={onChange}
        />
      );
    case "text":
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={16}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "evidence":
      return (
        <Textarea
          {...common}
          description={common.description ?? "A link, or where it can be found."}
          autosize
          minRows={1}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          maw={220}
          thousandSeparator=","
          value={asNumber(value)}
          onChange={(next) => onChange(typeof next === "number" ? next : null)}
        />
      );
    case "money":
      return (
        <NumberInput
          {...common}
          maw={220}
          thousandSeparator=","
          decimalScale={2}
          rightSection={<span className="quiet">{currency}</span>}
          rightSectionWidth={48}
          value={asNumber(value)}
          onChange={(next) => onChange(typeof next === "number" ? next : null)}
        />
      );
    case "percent":
      return (
        <NumberInput
          {...common}
          maw={160}
          suffix=" %"
          decimalScale={4}
          value={typeof value === "number" ? Number((value * 100).toPrecision(12)) : ""}
          onChange={(next) => onChange(typeof next === "number" ? Number((next / 100).toPrecision(12)) : null)}
        />
      );
    case "date":
      return (
        <TextInput
          {...common}
          type="date"
          maw={200}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          maw={420}
          data={options}
          placeholder="Choose"
          value={value === undefined || value === null ? null : String(value)}
          onChange={(next) => onChange(next === null ? null : chosen(next))}
        />
      );
    case "multi-choice":
      return (
        <MultiSelect
          {...common}
          data={options}
          placeholder={asList(value).length === 0 ? "Choose" : ""}
          value={asList(value)}
          onChange={(next) => onChange(next.map(chosen))}
        />
      );
    case "yes-no":
      return (
        <Input.Wrapper
          label={common.label}
          labelElement="div"
          description={common.description}
          required={common.required}
          error={common.error}
        >
          <div>
            <SegmentedControl
              mt={4}
              aria-label={question.title}
              disabled={disabled}
              value={value === true ? "yes" : value === false ? "no" : "open"}
              onChange={(next) => onChange(next === "open" ? null : next === "yes")}
              data={[
                { value: "yes", label: "Yes" },
                { value: "no", label: "No" },
                ...(typeof value === "boolean" ? [] : [{ value: "open", label: "Not answered" }]),
              ]}
            />
          </div>
        </Input.Wrapper>
      );
    case "person":
      return <PersonChooser {...common} value={asText(value) || null} onChange={(id) => onChange(id)} />;
    case "people":
      return <PeopleChooser {...common} value={asList(value)} onChange={(ids) => onChange(ids)} />;
    default: {
      const never: never = question.type;
      throw new Error(`no control for a question of type ${String(never)}`);
    }
  }
}
