import { NumberInput, SegmentedControl, Select, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useLocked } from "../../../document/editing.tsx";
import { ConditionBuilder } from "../../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import { PersonRefEditor } from "./person-ref-editor.tsx";
import { More, Row } from "./row.tsx";

/*
 * One control each for a member at a path: the label, the control, what it means. Emptied, an optional member goes out of
 * the document.
 */

type Path = readonly (string | number)[];
interface FieldProps {
  path: Path;
  label: string;
  help?: ReactNode;
}
export interface Option {
  value: string;
  label: string;
}

/** One of some values. `empty` says what it means that nothing is chosen; without it something always is. */
export function ChoiceField({
  path,
  label,
  help,
  options,
  empty,
}: FieldProps & { options: readonly Option[]; empty?: string }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  const chosen = typeof value === "string" ? value : null;
  const known = chosen === null || options.some((one) => one.value === chosen);
  return (
    <Row label={label} help={help}>
      <Select
        aria-label={label}
        disabled={locked}
        clearable={empty !== undefined}
        allowDeselect={false}
        searchable={options.length > 8}
        placeholder={empty ?? "Choose"}
        data={known ? [...options] : [{ value: chosen, label: `${chosen} (unknown)` }, ...options]}
        value={chosen}
        onChange={(next) => set(next ?? undefined)}
      />
    </Row>
  );
}

/** One of two or three values that always one is of, side by side. */
export function SwitchField({ path, label, help, options }: FieldProps & { options: readonly Option[] }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  return (
    <Row label={label} help={help}>
      <SegmentedControl
        aria-label={label}
        fullWidth
        size="xs"
        disabled={locked}
        data={[...options]}
        value={typeof value === "string" ? value : ""}
        onChange={set}
      />
    </Row>
  );
}

/** A number; emptied, the member goes. `text` keeps it as decimal text, as shares and levels are written. */
export function NumberField({
  path,
  label,
  help,
  placeholder,
  min,
  max,
  suffix,
  text = false,
}: FieldProps & { placeholder?: string; min?: number; max?: number; suffix?: string; text?: boolean }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  const shown = typeof value === "number" || (text && typeof value === "string") ? value : "";
  return (
    <Row label={label} help={help}>
      <NumberInput
        aria-label={label}
        placeholder={placeholder ?? ""}
        hideControls
        disabled={locked}
        {...(min === undefined ? {} : { min })}
        {...(max === undefined ? {} : { max })}
        {...(suffix === undefined ? {} : { suffix })}
        value={shown}
        onChange={(next) =>
          set(next === "" ? undefined : text ? String(next) : typeof next === "number" ? next : undefined)
        }
      />
    </Row>
  );
}

/** A share, written as a decimal fraction and shown in percent. */
export function ShareField({ path, label, help, placeholder }: FieldProps & { placeholder?: string }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  const percent = typeof value === "string" && value !== "" ? Number((Number(value) * 100).toPrecision(12)) : "";
  return (
    <Row label={label} help={help}>
      <NumberInput
        aria-label={label}
        placeholder={placeholder ?? ""}
        hideControls
        suffix=" %"
        disabled={locked}
        value={percent}
        onChange={(next) => set(typeof next === "number" ? String(Number((next / 100).toPrecision(12))) : undefined)}
      />
    </Row>
  );
}

/** A calendar date. */
export function DateField({ path, label, help }: FieldProps) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  return (
    <Row label={label} help={help}>
      <TextInput
        type="date"
        aria-label={label}
        disabled={locked}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => set(event.currentTarget.value || undefined)}
      />
    </Row>
  );
}

/** Several words or values, as tags. */
export function TagsField({
  path,
  label,
  help,
  data,
  placeholder,
}: FieldProps & { data?: readonly string[]; placeholder?: string }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  const list = Array.isArray(value) ? value.map(String) : [];
  return (
    <Row label={label} help={help}>
      <TagsInput
        aria-label={label}
        placeholder={list.length === 0 ? (placeholder ?? "") : ""}
        disabled={locked}
        data={data ? [...data] : []}
        value={list}
        onChange={(next) => set(next.length === 0 ? undefined : next)}
      />
    </Row>
  );
}

/** Who answers for something. */
export function PersonField({ path, label, help, start }: FieldProps & { start: { [key: string]: Json } }) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  return (
    <Row
      label={label}
      help={help}
      action={value === undefined || locked ? undefined : <More onClick={() => set(undefined)}>Nobody</More>}
    >
      {value === undefined ? (
        !locked && <More onClick={() => set(start)}>Name who…</More>
      ) : (
        <PersonRefEditor label={label} value={value} onChange={set} />
      )}
    </Row>
  );
}

/** Conditions under which something holds; none means always. */
export function ConditionField({ path, label, help, add }: FieldProps & { add: string }) {
  const [value, set] = useField(path, label);
  const choices = useFactChoices();
  const locked = useLocked();
  return (
    <Row label={label} help={help}>
      <ConditionBuilder value={value} choices={choices} disabled={locked} optional addLabel={add} onChange={set} />
    </Row>
  );
}

/** Several documents of a kind, by title. */
export function DocumentsField({ path, label, help, kind }: FieldProps & { kind: string }) {
  const options = useDocumentsOf(kind);
  const [value, set] = useField(path, label);
  const locked = useLocked();
  const list = Array.isArray(value) ? value.map(String) : [];
  const byTitle = new Map(options.map((one) => [one.label, one.value]));
  const titleOf = (id: string) => options.find((one) => one.value === id)?.label ?? id;
  return (
    <Row label={label} help={help}>
      <TagsInput
        aria-label={label}
        disabled={locked}
        data={options.map((one) => one.label)}
        value={list.map(titleOf)}
        onChange={(next) => set(next.map((one) => byTitle.get(one) ?? one))}
      />
    </Row>
  );
}
