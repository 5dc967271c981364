import { Anchor, Select } from "@mantine/core";
import { Link } from "react-router";
import { useDocumentsOf, useField, useLocked } from "../../../document/editing.tsx";
import { kindName } from "../../../text/kinds.ts";
import { Row } from "./row.tsx";

/** Chooses another document of a kind by its title, with the way to open it. */
export function DocumentChooser({
  path,
  kind,
  label,
  help,
  optional = false,
}: {
  path: readonly (string | number)[];
  kind: string;
  label: string;
  help?: string;
  optional?: boolean;
}) {
  const [value, set] = useField(path, label);
  const options = useDocumentsOf(kind);
  const locked = useLocked();
  const id = typeof value === "string" ? value : null;
  const missing = id !== null && id !== "" && !options.some((one) => one.value === id);
  return (
    <Row
      label={label}
      help={missing ? `There is no ${kindName(kind).toLowerCase()} “${id}” yet.` : help}
      action={
        id && !missing ? (
          <Anchor component={Link} to={`/design/${kind}/${id}`} fz={12}>
            Open
          </Anchor>
        ) : undefined
      }
    >
      <Select
        aria-label={label}
        searchable
        clearable={optional}
        allowDeselect={false}
        disabled={locked}
        error={missing}
        placeholder={`Choose a ${kindName(kind).toLowerCase()}`}
        nothingFoundMessage={`No such ${kindName(kind).toLowerCase()}`}
        data={missing ? [{ value: id, label: `${id} (missing)` }, ...options] : options}
        value={id}
        onChange={(next) => set(next ?? undefined)}
      />
    </Row>
  );
}
