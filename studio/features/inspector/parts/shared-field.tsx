import { TagsInput } from "@mantine/core";
import { setField } from "../../../document/commands/set-field.ts";
import { useField, useLocked, useRun } from "../../../document/editing.tsx";
import { Row } from "./row.tsx";

/** One case where many ask: by which facts they meet. */
export function SharedField({ path }: { path: readonly (string | number)[] }) {
  const [key, setKey] = useField([...path, "key"], "Shared by");
  const run = useRun();
  const locked = useLocked();
  return (
    <Row label="One session for all with the same" help="Cases that agree in these meet in one; none: each on its own.">
      <TagsInput
        aria-label="Shared by"
        disabled={locked}
        data={["subject", "period", "subject.unit", "subject.unit.region"]}
        value={Array.isArray(key) ? key.map(String) : []}
        onChange={(next) => (next.length === 0 ? run(setField(path, undefined), "Not shared") : setKey(next))}
      />
    </Row>
  );
}
