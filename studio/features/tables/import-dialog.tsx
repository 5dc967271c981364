import { Button, Modal, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import type { DecisionTable } from "#engine/rules/table.ts";
import { tableDiff } from "#engine/rules/table-diff.ts";
import { count } from "../../text/number.ts";
import { changeWords } from "./change-words.ts";
import type { TableInFile } from "./read-table-file.ts";
import classes from "./tables.module.css";

/** Lines shown of a long list. */
const SHOWN = 200;

/** What a file would do to the table, before it does: only what was edited, or what is refused and where. */
export function ImportDialog(props: {
  found: readonly TableInFile[];
  before: DecisionTable | undefined;
  onTake: (table: DecisionTable) => void;
  onClose: () => void;
}) {
  const { found, before } = props;
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      found.findIndex(({ table }) => table),
    ),
  );
  const one = found[at];
  const table = one?.table;
  const changes = useMemo(() => (before && table ? tableDiff(before, table) : []), [before, table]);
  const isOther = !before || changes.some((change) => change.kind === "shape" && /columns|outputs/.test(change.what));
  return (
    <Modal opened onClose={props.onClose} title="Take a table from a file" size={680}>
      <div className={classes.import}>
        {found.length > 1 && (
          <Select
            label="Which decision"
            allowDeselect={false}
            data={found.map(({ name }, index) => ({ value: String(index), label: name }))}
            value={String(at)}
            onChange={(next) => next && setAt(Number(next))}
          />
        )}
        {one && one.issues.length > 0 && (
          <section className={classes.refusals} aria-label="What cannot be taken">
            <strong>
              {table ? "Some of it cannot be taken" : "This cannot be taken"}: {count(one.issues.length, "place")}
            </strong>
            <ul>
              {one.issues.slice(0, SHOWN).map((issue) => (
                <li key={`${issue.path} ${issue.message}`}>
                  {issue.message} {issue.hint && <span className="secondary">{issue.hint}</span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {table && isOther && (
          <p>
            {before && before.rows.length > 0
              ? `The file has other columns: it takes the place of the ${count(before.rows.length, "row")} here.`
              : "The file makes the table."}{" "}
            {count(table.rows.length, "row")}, {count(table.columns.length, "condition")},{" "}
            {count(table.outputs.length, "answer")}:{" "}
            {[...table.columns, ...table.outputs].map((c) => c.title).join(", ")}.
          </p>
        )}
        {table && !isOther && changes.length === 0 && <p>The file says what the table says already.</p>}
        {table && before && !isOther && changes.length > 0 && (
          <section aria-label="What changes">
            <strong>{count(changes.length, "change")}</strong>
            <ul className={classes.changes}>
              {changes.slice(0, SHOWN).map((change) => {
                const said = changeWords(change, before, table);
                return (
                  <li key={JSON.stringify(change)} data-sign={said.sign}>
                    <span aria-hidden="true">{said.sign}</span>
                    <span>
                      {said.where}
                      {said.before !== undefined && (
                        <>
                          {" "}
                          <del>{said.before}</del>
                        </>
                      )}
                      {said.after !== undefined && (
                        <>
                          {" "}
                          <ins>{said.after}</ins>
                        </>
                      )}
                    </span>
                  </li>
                );
              })}
              {changes.length > SHOWN && <li>…and {changes.length - SHOWN} more.</li>}
            </ul>
          </section>
        )}
        <div className={classes.dialogButtons}>
          <span className={classes.spring} />
          <Button variant="default" onClick={props.onClose}>
            {table ? "Leave it as it is" : "Close"}
          </Button>
          {table && (isOther || changes.length > 0) && (
            <Button onClick={() => props.onTake(table)} data-autofocus>
              {isOther ? "Take the table" : `Take ${count(changes.length, "change")}`}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
