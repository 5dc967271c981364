import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Answer } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { number } from "../../text/number.ts";
import { Chip, type Tone } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Filters, Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { When } from "../../ui/when.tsx";
import { DropZone } from "./drop-zone.tsx";
import { idTime } from "./id-time.ts";
import { KINDS } from "./kinds.ts";

const TONES: Record<string, Tone> = {
  mapping: "attention",
  checked: "accent",
  applying: "accent",
  applied: "good",
  failed: "bad",
};
const SAID: Record<string, string> = {
  mapping: "columns to map",
  checked: "checked, not applied",
  applying: "applying",
  applied: "applied",
  failed: "failed",
};

/** Uploads a CSV and lists what was imported before. */
export default function ImportsPage() {
  const { values, set } = useFilters(["kind"]);
  const kind = KINDS.find((one) => one.value === values.kind)?.value ?? "people";
  const [type, setType] = useState("");
  const types = useAnswer("definitions", { query: { kind: "record-type" } }, { enabled: kind === "records" });
  const navigate = useNavigate();
  const imports = useAnswer("imports", {});
  const create = useCall("createImport", {
    stale: ["imports"],
    onDone: (made) => navigate(`/imports/${encodeURIComponent(made.id)}`),
  });
  const upload = (file: File) =>
    create.mutate({ query: { kind, name: file.name, ...(kind === "records" && type ? { type } : {}) }, body: file });
  return (
    <Page>
      <Crumbs items={[{ title: "Imports" }]} />
      <Panel title="Import a CSV" note="Nothing changes before you have seen what it would do.">
        <Filters>
          <Select
            label="What is in it"
            w={360}
            allowDeselect={false}
            data={KINDS.map((one) => ({ value: one.value, label: one.what }))}
            value={kind}
            onChange={(next) => set("kind", next)}
          />
          {kind === "records" &&
            ((types.data?.items.length ?? 0) > 0 ? (
              <Select
                label="Record type"
                w={220}
                data={(types.data?.items ?? []).map((one) => ({ value: one.id, label: one.title }))}
                value={type || null}
                onChange={(next) => setType(next ?? "")}
              />
            ) : (
              <TextInput label="Record type" w={220} value={type} onChange={(e) => setType(e.currentTarget.value)} />
            ))}
        </Filters>
        <DropZone busy={create.isPending} disabled={kind === "records" && type === ""} onFile={upload} />
        {create.error && (
          <p className="bad" role="alert">
            {sentenceOf(create.error)}
          </p>
        )}
      </Panel>
      <Panel title="Imports so far" flush>
        {imports.error && !imports.data ? (
          <Failed error={imports.error} retry={() => void imports.refetch()} what="the imports" />
        ) : !imports.data ? (
          <ListSkeleton rows={5} />
        ) : imports.data.items.length === 0 ? (
          <Nothing title="Nothing was imported yet">Choose what the file holds, then drop it above.</Nothing>
        ) : (
          <DataTable
            label="Imports"
            columns={COLUMNS}
            rows={imports.data.items}
            rowKey={(one) => one.id}
            to={(one) => `/imports/${encodeURIComponent(one.id)}`}
          />
        )}
      </Panel>
    </Page>
  );
}

type Row = Answer<"imports">["items"][number];
const COLUMNS: Column<Row>[] = [
  { title: "File", width: "minmax(140px, 2fr)", cell: (one) => one.fileName || "unnamed" },
  {
    title: "What",
    width: "120px",
    wide: true,
    cell: (one) => KINDS.find((kind) => kind.value === one.kind)?.label ?? one.kind,
  },
  { title: "Rows", width: "70px", end: true, cell: (one) => number(one.rows) },
  {
    title: "Refused",
    width: "80px",
    end: true,
    wide: true,
    cell: (one) =>
      one.counts.refused > 0 ? (
        <span className="attention">{number(one.counts.refused)}</span>
      ) : (
        <span className="quiet">none</span>
      ),
  },
  {
    title: "State",
    width: "150px",
    cell: (one) => <Chip tone={TONES[one.status] ?? "quiet"}>{SAID[one.status] ?? one.status}</Chip>,
  },
  {
    title: "Uploaded",
    width: "120px",
    wide: true,
    cell: (one) => {
      const at = idTime(one.id);
      return at === null ? "" : <When at={at} />;
    },
  },
];
