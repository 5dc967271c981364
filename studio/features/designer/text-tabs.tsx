import { SourceTab } from "../source/source-tab.tsx";
import classes from "./design.module.css";
import type { DesignTab } from "./design-frame.tsx";
import type { DesignContext } from "./design-page.tsx";
import { LazyWords } from "./lazy-words.tsx";
import { Sheet } from "./sheet.tsx";

/** The two tabs that every document with an editor of its own has beside it: its source, and itself in plain English. `reveal` is brought into view. */
export function textTabs({
  problems,
  reveal,
}: Pick<DesignContext, "problems"> & { reveal: readonly string[] | null }): DesignTab[] {
  return [
    {
      id: "source",
      label: "Source",
      render: () => (
        <div className={classes.sheet}>
          <SourceTab issues={problems.issues} reveal={reveal} />
        </div>
      ),
    },
    {
      id: "words",
      label: "Plain English",
      render: () => (
        <Sheet label="In plain English">
          <LazyWords problems={problems} />
        </Sheet>
      ),
    },
  ];
}
