import { Textarea, TextInput } from "@mantine/core";
import { useField, useLocked } from "../../../document/editing.tsx";

type Path = readonly (string | number)[];

/** One line of text at a path; emptied, the member goes unless it must stay. */
export function TextField({
  path,
  label,
  id,
  className,
  placeholder,
  required = false,
}: {
  path: Path;
  label: string;
  id?: string;
  className?: string | undefined;
  placeholder?: string;
  required?: boolean;
}) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  return (
    <TextInput
      aria-label={label}
      id={id}
      className={className}
      placeholder={placeholder}
      disabled={locked}
      value={typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value)}
      onChange={(event) => set(event.currentTarget.value === "" && !required ? undefined : event.currentTarget.value)}
    />
  );
}

/** Several lines of text at a path. */
export function LongField({
  path,
  label,
  className,
  placeholder,
  rows = 1,
}: {
  path: Path;
  label: string;
  className?: string | undefined;
  placeholder?: string;
  rows?: number;
}) {
  const [value, set] = useField(path, label);
  const locked = useLocked();
  return (
    <Textarea
      aria-label={label}
      className={className}
      placeholder={placeholder}
      autosize
      minRows={rows}
      maxRows={10}
      disabled={locked}
      value={typeof value === "string" ? value : ""}
      onChange={(event) => set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}
