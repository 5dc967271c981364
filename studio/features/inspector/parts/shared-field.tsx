import { NumberInput, TagsInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { DurationEditor } from "./duration-editor.tsx";
import { More, Row } from "./row.tsx";

const KEYS = ["subject", "period", "subject.unit", "subject.unit.region"];

/** One case where many ask: by which facts they meet, and for how long after the first. */
export function SharedKey({
  value,
  onChange,
  label,
  help,
  within,
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  help?: string;
  /** How the time in which they meet is written: not at all, in minutes, or as any length of time. */
  within?: "minutes" | "duration";
}) {
  const locked = useLocked();
  const shared = isObject(value) ? value : {};
  const key = Array.isArray(shared.key) ? shared.key.map(String) : [];
  const { within: span, ...forEver } = shared;
  return (
    <Row label={label} help={help}>
      <TagsInput
        aria-label={label}
        disabled={locked}
        data={KEYS}
        value={key}
        onChange={(next) => onChange(next.length === 0 ? undefined : { ...shared, key: next })}
      />
      {within !== undefined && key.length > 0 && span === undefined && !locked && (
        <More onClick={() => onChange({ ...shared, within: { minutes: 15 } })}>Only within a time…</More>
      )}
      {span !== undefined && (
        <>
          {within === "minutes" ? (
            <NumberInput
              aria-label={`${label}: within minutes`}
              min={1}
              suffix=" minutes after the first"
              disabled={locked}
              value={isObject(span) && typeof span.minutes === "number" ? span.minutes : ""}
              onChange={(next) => typeof next === "number" && onChange({ ...shared, within: { minutes: next } })}
            />
          ) : (
            <DurationEditor
              label={`${label}: within`}
              value={span}
              parameterAllowed={false}
              onChange={(next) => onChange({ ...shared, within: next })}
            />
          )}
          {!locked && <More onClick={() => onChange(forEver)}>As long as it is open</More>}
        </>
      )}
    </Row>
  );
}

/** One session of a step for many cases. */
export function SharedField({ path }: { path: readonly (string | number)[] }) {
  const [value, set] = useField(path, "Shared by");
  return (
    <SharedKey
      label="One session for all with the same"
      help="Cases that agree in these meet in one; none: each on its own."
      within="minutes"
      value={value}
      onChange={set}
    />
  );
}
