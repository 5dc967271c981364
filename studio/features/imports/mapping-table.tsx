import { Select } from "@mantine/core";
import type { Answer } from "../../api/call.ts";
import classes from "./imports.module.css";

/** The columns of the file with samples, and the field that each is. */
export function MappingTable(props: {
  view: Answer<"import">;
  busy: boolean;
  onMap: (column: string, field: string | null) => void;
}) {
  const { view } = props;
  const taken = new Set(Object.values(view.mapping));
  return (
    <div className={classes.scroll}>
      <table className={classes.mapping}>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">For example</th>
            <th scope="col">Is</th>
          </tr>
        </thead>
        <tbody>
          {view.columns.map((column) => (
            <tr key={column.header}>
              <td>
                <strong>{column.header}</strong>
              </td>
              <td className="secondary">{column.sample.slice(0, 3).join(", ")}</td>
              <td>
                <Select
                  aria-label={`${column.header} is`}
                  placeholder="not used"
                  clearable
                  searchable
                  w="min(240px, 46vw)"
                  disabled={props.busy}
                  data={view.fields.map((field) => ({
                    value: field.name,
                    label: field.required ? `${field.title} (needed)` : field.title,
                    disabled: taken.has(field.name) && column.field !== field.name,
                  }))}
                  value={column.field}
                  onChange={(field) => props.onMap(column.header, field)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
