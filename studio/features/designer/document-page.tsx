import { type ComponentType, type ReactNode, useState } from "react";
import { useParams } from "react-router";
import { segments } from "#engine/words/pointer.ts";
import { kindName } from "../../text/kinds.ts";
import documents from "../documents/documents.module.css";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { LazyWords } from "./lazy-words.tsx";
import { SMALL_EDITORS } from "./small-editors.ts";
import { textTabs } from "./text-tabs.tsx";

/** A definition that is a page of fields (a metric, a calendar): the fields, the same in plain English beside them, the source. */
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
  const kind = view.brief.kind;
  const Fields: ComponentType | null = Object.hasOwn(SMALL_EDITORS, kind)
    ? SMALL_EDITORS[kind as keyof typeof SMALL_EDITORS]
    : null;
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        ...(Fields
          ? [
              {
                id: "fields",
                label: kindName(kind),
                render: () => (
                  <div className={documents.stage}>
                    <Part label="Fields">
                      <div className={documents.form}>
                        <Fields />
                      </div>
                    </Part>
                    <Part label="What it says">
                      <LazyWords problems={problems} />
                    </Part>
                  </div>
                ),
              },
            ]
          : []),
        ...textTabs({ problems, reveal }),
      ]}
      onShow={(_select, path) => setReveal(segments(path))}
    />
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={documents.part} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
