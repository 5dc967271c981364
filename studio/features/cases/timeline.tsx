import { Button } from "@mantine/core";
import { useState } from "react";
import type { JournalView } from "#engine/contract/views/cases.ts";
import { count } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { Panel } from "../../ui/page.tsx";
import { Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import classes from "./case.module.css";

const FIRST = 40;

/** All that happened, newest first, as sentences; each decision can be asked why. */
export function Timeline({ entries, onWhy }: { entries: JournalView[]; onWhy: (seq: number) => void }) {
  const [all, setAll] = useState(false);
  const newest = [...entries].reverse();
  const shown = all ? newest : newest.slice(0, FIRST);
  return (
    <Panel title="What happened" note={count(entries.length, "entry", "entries")} flush>
      {entries.length === 0 && <Nothing title="Nothing yet" />}
      <div>
        {shown.map((entry) => (
          <div key={entry.seq} className={classes.entry} data-late={entry.late || undefined}>
            <div className={classes.entryWhen}>
              <When at={entry.at} as="time" />
            </div>
            <div className={classes.rail} aria-hidden="true" />
            <div className={classes.entryText}>
              {entry.words} {entry.late && <Chip tone="attention">late</Chip>}
              {entry.details.length > 0 && (
                <ul className={classes.details}>
                  {entry.details.map((detail) => (
                    <li key={detail}>{detail}</li>
                  ))}
                </ul>
              )}
            </div>
            <div className={classes.entryWhy}>
              {entry.hasWhy && (
                <Button size="compact-xs" variant="subtle" onClick={() => onWhy(entry.seq)}>
                  Why?
                </Button>
              )}
            </div>
          </div>
        ))}
      </div>
      {!all && newest.length > FIRST && (
        <Button variant="subtle" fullWidth onClick={() => setAll(true)}>
          Show {count(newest.length - FIRST, "earlier entry", "earlier entries")}
        </Button>
      )}
    </Panel>
  );
}
