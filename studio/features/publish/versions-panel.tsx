import { Button, Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { DefinitionView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useEditing, useRun } from "../../document/editing.tsx";
import { CaseGraph } from "../../graph/case-graph.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { tell } from "../../ui/tell.ts";
import { When } from "../../ui/when.tsx";
import classes from "./publish.module.css";

/** The immutable versions, newest first; any of them opens read-only and can become the draft again. */
export function VersionsPanel({ view }: { view: DefinitionView }) {
  // An address can name a version: from a payout to the very rules it was computed by.
  const [search] = useSearchParams();
  const [open, setOpen] = useState<number | null>(() => Number(search.get("version")) || null);
  const versions = [...view.versions].sort((a, b) => b.version - a.version);
  if (versions.length === 0)
    return (
      <p style={{ padding: "14px 16px" }} className="secondary">
        Nothing has been published yet. The first version will stand here.
      </p>
    );
  return (
    <>
      <table className={classes.versions}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Published</th>
            <th scope="col">By</th>
            <th scope="col">Note</th>
            <th scope="col">Open cases</th>
            <th scope="col">
              <span className="unseen">Open</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <td>
                v{version.version} {version.version === view.brief.live?.version && <Chip tone="good">live</Chip>}
                {version.retiredAt !== null && <Chip>retired</Chip>}
              </td>
              <td>
                <When at={version.publishedAt} as="time" />
              </td>
              <td>{version.publishedBy ?? "Rondo"}</td>
              <td>{version.note || <span className="quiet">No note</span>}</td>
              <td>{version.openCases.toLocaleString("en")}</td>
              <td>
                <Button size="compact-xs" variant="default" onClick={() => setOpen(version.version)}>
                  Open
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open !== null && <OldVersion view={view} version={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function OldVersion({ view, version, onClose }: { view: DefinitionView; version: number; onClose: () => void }) {
  const { kind, id, title } = view.brief;
  const { store } = useEditing();
  const run = useRun();
  const drawn = kind === "workflow" || kind === "escalation";
  const [as, setAs] = useState(drawn ? "graph" : "source");
  const answer = useAnswer("version", { params: { kind, id, version } });
  const restore = (document: Json) => {
    run(() => document, `Version ${version} as draft`);
    store.getState().select([]);
    tell(`Version ${version} is the draft now. Undo brings back what was there.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`${title}, version ${version} (read-only)`} size="min(1100px, 92vw)">
      {answer.isPending && <ListSkeleton rows={6} />}
      {answer.error && <Failed error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && (
        <>
          <div style={{ display: "flex", justifyContent: "space-between", marginBottom: 10 }}>
            {drawn ? (
              <SegmentedControl
                value={as}
                onChange={setAs}
                data={[
                  { value: "graph", label: "Graph" },
                  { value: "source", label: "Source" },
                ]}
              />
            ) : (
              <span />
            )}
            <Button variant="default" onClick={() => restore(answer.data.document)}>
              Make it the draft
            </Button>
          </div>
          <div className={classes.stage}>
            {as === "graph" ? (
              <CaseGraph document={answer.data.document} />
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text must be scrollable by keyboard
              <pre className={classes.text} tabIndex={0}>
                {JSON.stringify(answer.data.document, null, 2)}
              </pre>
            )}
          </div>
        </>
      )}
    </Modal>
  );
}
