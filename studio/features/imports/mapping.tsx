import { Select } from "@mantine/core";
import type { Answer } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useCall } from "../../api/use-call.ts";
import { Panel } from "../../ui/page.tsx";
import classes from "./imports.module.css";

/** Which column of the file is which field; each change is checked anew at once. */
export function Mapping({ view }: { view: Answer<"import"> }) {
  const map = useCall("mapImport", { stale: ["import", "imports"] });
  const shown = map.data && map.data.status !== "applied" ? map.data : view;
  const now = Object.fromEntries(shown.columns.map((column) => [column.header, column.field]));
  const taken = new Set(shown.columns.map((column) => column.field));
  return (
    <Panel title="Columns" note="Rondo guessed from the headers; correct what is wrong.">
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
            {shown.columns.map((column) => (
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
                    w={240}
                    disabled={map.isPending}
                    data={shown.fields.map((field) => ({
                      value: field.name,
                      label: field.required ? `${field.title} (needed)` : field.title,
                      disabled: taken.has(field.name) && column.field !== field.name,
                    }))}
                    value={column.field}
                    onChange={(field) =>
                      map.mutate({ params: { id: view.id }, body: { mapping: { ...now, [column.header]: field } } })
                    }
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {map.error && (
        <p className="bad" role="alert">
          {sentenceOf(map.error)}
        </p>
      )}
    </Panel>
  );
}
