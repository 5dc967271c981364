import { useState } from "react";
import { useParams } from "react-router";
import { segments } from "#engine/words/pointer.ts";
import { SourceTab } from "../source/source-tab.tsx";
import classes from "./design.module.css";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { LazyWords } from "./lazy-words.tsx";
import { Sheet } from "./sheet.tsx";

/** Any definition without an editor of its own: its source, what it means, what is wrong with it. */
export default function DocumentPage() {
  const { kind = "" } = useParams();
  return (
    <DesignPage key={kind} kind={kind}>
      {(context) => <DocumentDesigner {...context} />}
    </DesignPage>
  );
}

function DocumentDesigner({ view, problems, flush }: DesignContext) {
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const source = <SourceTab issues={problems.issues} reveal={reveal} />;
  const words = <LazyWords problems={problems} />;
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        {
          id: "both",
          label: "Source and words",
          render: () => (
            <div className={classes.split}>
              <div className={classes.part}>{source}</div>
              <div className={classes.part}>{words}</div>
            </div>
          ),
        },
        { id: "source", label: "Source", render: () => <div className={classes.sheet}>{source}</div> },
        { id: "words", label: "Plain English", render: () => <Sheet label="In plain English">{words}</Sheet> },
      ]}
      onShow={(_select, path) => setReveal(segments(path))}
    />
  );
}
