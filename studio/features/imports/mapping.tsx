import type { Answer, Input } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useCall } from "../../api/use-call.ts";
import { Panel } from "../../ui/page.tsx";
import { Constants } from "./constants.tsx";
import classes from "./imports.module.css";
import { MappingTable } from "./mapping-table.tsx";
import { ReadingOptions } from "./reading-options.tsx";

export type Reading = Omit<Input<"mapImport">["body"], "mapping">;

/** Which column of the file is which field, what is the same in every row, and how the file is read; checked at once. */
export function Mapping({ view }: { view: Answer<"import"> }) {
  const map = useCall("mapImport", { stale: ["import", "imports"] });
  const shown = map.data && map.data.status !== "applied" ? map.data : view;
  const send = (changes: Record<string, string | null>, reading: Reading = {}) => {
    const mapping = { ...shown.mapping, ...changes };
    // A constant that lost its field is gone; a column without one is kept as "not used".
    const kept = Object.entries(mapping).filter(([column, field]) => field !== null || !column.startsWith("="));
    map.mutate({ params: { id: view.id }, body: { mapping: Object.fromEntries(kept), ...reading } });
  };
  return (
    <Panel
      title="Columns"
      note="Rondo guessed from the headers; correct what is wrong."
      actions={<ReadingOptions view={shown} busy={map.isPending} onChange={(reading) => send({}, reading)} />}
    >
      <MappingTable view={shown} busy={map.isPending} onMap={(column, field) => send({ [column]: field })} />
      <Constants view={shown} busy={map.isPending} onChange={send} />
      {map.error && (
        <p className={`bad ${classes.problem}`} role="alert">
          {sentenceOf(map.error)}
        </p>
      )}
    </Panel>
  );
}
