import { Textarea } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";

/** Several lines of text held by the caller; emptied it is undefined. */
export function LongText({
  label,
  value,
  disabled,
  onChange,
}: {
  label: string;
  value: Json | undefined;
  disabled: boolean;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={1}
      maxRows={8}
      disabled={disabled}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
