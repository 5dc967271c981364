import { Autocomplete, TagsInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { Row } from "./row.tsx";

const WHO = ["subject", "manager", "manager-chain", "hr-partner", "hr-admin"];

/** Who sees a value, and from when the person it is about does. */
export function VisibilityField({
  value,
  onChange,
  label,
  named,
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  /** What the controls are called where several stand on the page: `Rating: visible to`. */
  named?: string;
}) {
  const locked = useLocked();
  const visibility = isObject(value) ? value : {};
  const audience = Array.isArray(visibility.audience) ? visibility.audience.map(String) : null;
  const { subjectAfter, ...rest } = visibility;
  return (
    <Row label={label} help={audience === null ? "Whoever may see the case." : undefined}>
      <TagsInput
        aria-label={named ?? label}
        disabled={locked}
        data={WHO}
        value={audience ?? []}
        onChange={(next) => onChange(next.length === 0 ? undefined : { ...visibility, audience: next })}
      />
      {audience !== null && (
        <Autocomplete
          aria-label={`${named ?? label}: the employee from`}
          leftSection={<span className="quiet">employee from</span>}
          leftSectionWidth={98}
          placeholder="at once"
          disabled={locked}
          data={["released"]}
          value={typeof subjectAfter === "string" ? subjectAfter : ""}
          onChange={(next) => onChange(next === "" ? rest : { ...visibility, subjectAfter: next })}
        />
      )}
    </Row>
  );
}
