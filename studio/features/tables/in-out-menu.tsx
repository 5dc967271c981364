import { Button, Menu } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { DecisionTable } from "#engine/rules/table.ts";
import { tableToText } from "#engine/rules/table-text.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { useOpen } from "../../document/editing.tsx";
import { type JsonObject, valueAt } from "../../document/json-value.ts";
import { download } from "../../ui/download.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import { columnFor } from "./column-of-fact.ts";
import type { EditTable } from "./edit-table.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { readTableFile, type TableInFile } from "./read-table-file.ts";

/** Tables from files and to files: Excel, CSV and DMN; a file that was taken out and edited comes back as its edits. */
export function InOutMenu(props: {
  table: JsonObject;
  choices: readonly FactChoice[];
  locked: boolean;
  edit: EditTable;
}) {
  const { table, choices, locked, edit } = props;
  const id = useOpen((state) => String(valueAt(state.document, ["id"]) ?? "table"));
  const title = useOpen((state) => String(valueAt(state.document, ["title"]) ?? id));
  const chooser = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<{ tables: TableInFile[]; before: DecisionTable | undefined } | null>(null);
  const [busy, setBusy] = useState(false);
  // Read when it is asked for: checking thousands of rows at every edit would be felt.
  const whole = () => DecisionTable.safeParse(table).data;

  const work = async (task: () => Promise<void>) => {
    setBusy(true);
    try {
      await task();
    } catch (error) {
      if (error instanceof IssuesError) tell(error.issues.map(({ message }) => message).join(" "));
      else tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const read = (file: File) =>
    work(async () => {
      const open = whole();
      const before = open && open.columns.length > 0 ? open : undefined;
      setFound({ tables: await readTableFile(file, before), before });
    });
  const toExcel = (given: DecisionTable) =>
    work(async () => {
      const { tableToXlsx } = await import("#engine/rules/exchange/table-xlsx.ts");
      download(`${id}.xlsx`, await tableToXlsx(given), XLSX);
    });
  const toDmn = (given: DecisionTable) =>
    work(async () => {
      const { tableToDmn } = await import("#engine/rules/exchange/dmn-write.ts");
      download(`${id}.dmn`, await tableToDmn(given, { id, title }), "application/xml");
    });
  const take = (taken: DecisionTable) => {
    const before = found?.before;
    setFound(null);
    edit("Take a table from a file", (old) => ({
      ...old,
      ...(taken as unknown as JsonObject),
      columns: before ? (taken.columns as Json[]) : taken.columns.map((column): Json => columnFor(column, choices)),
    }));
  };
  const ready = (use: (given: DecisionTable) => unknown) => {
    const given = whole();
    if (given) void use(given);
    else tell("The table cannot be read yet; the problems say where.");
  };
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconArrowsExchange size={15} />} loading={busy}>
            In and out
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!locked && <Menu.Item onClick={() => chooser.current?.click()}>From a file: Excel, CSV, DMN…</Menu.Item>}
          <Menu.Divider />
          <Menu.Item onClick={() => ready(toExcel)}>As an Excel workbook</Menu.Item>
          <Menu.Item
            onClick={() => ready((given) => download(`${id}.csv`, tableToText(given, { separator: "," }), "text/csv"))}
          >
            As CSV
          </Menu.Item>
          <Menu.Item onClick={() => ready(toDmn)}>As DMN 1.3</Menu.Item>
          <Menu.Item
            onClick={() =>
              ready((given) =>
                navigator.clipboard
                  .writeText(tableToText(given))
                  .then(() => tell("Copied: paste it into a spreadsheet.")),
              )
            }
          >
            Copy for a spreadsheet
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="A table from a file"
        accept=".xlsx,.csv,.tsv,.txt,.dmn,.xml"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void read(file);
          event.currentTarget.value = "";
        }}
      />
      {found && (
        <ImportDialog found={found.tables} before={found.before} onTake={take} onClose={() => setFound(null)} />
      )}
    </>
  );
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
