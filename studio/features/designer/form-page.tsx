import { type ReactNode, useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import { keyOfPlace, placeOfPath } from "../../document/commands/form-parts.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import { FormInspector } from "../forms/form-inspector.tsx";
import { FormOutline } from "../forms/form-outline.tsx";
import { FormPreview } from "../forms/form-preview.tsx";
import forms from "../forms/forms.module.css";
import { PermissionMatrix } from "../forms/permission-matrix.tsx";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { textTabs } from "./text-tabs.tsx";

/** The form builder: its questions in order, the form as people get it beside them, settings at the right. */
export default function FormPage() {
  return <DesignPage kind="form">{(context) => <FormDesigner {...context} />}</DesignPage>;
}

function FormDesigner({ view, problems, flush }: DesignContext) {
  const { store } = useEditing();
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const idle = useOpen((state) => state.selection.length === 0);
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        {
          id: "form",
          label: "Form",
          render: () => (
            <div className={forms.stage}>
              <Part label="Questions">
                <FormOutline />
              </Part>
              <Part label="As people see it">
                <FormPreview />
                <PermissionMatrix />
              </Part>
            </div>
          ),
        },
        ...textTabs({ problems, reveal }),
      ]}
      inspector={{ content: <FormInspector />, idle }}
      onShow={(_select, path) => {
        setReveal(segments(path));
        const place = placeOfPath(segments(path));
        if (place) store.getState().select([keyOfPlace(place)]);
      }}
    />
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={forms.part} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
