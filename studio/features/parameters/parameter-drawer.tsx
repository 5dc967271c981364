import { Drawer } from "@mantine/core";
import { Link } from "react-router";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import { kindName } from "../../text/kinds.ts";
import { Facts } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import { ParameterEditor } from "./parameter-editor.tsx";
import { boundsText, valueWithUnit } from "./parameter-words.ts";
import classes from "./parameters.module.css";

const SCOPES: Record<string, string> = {
  new: "new cases",
  "open-next-step": "open cases from their next step",
  "open-now": "open cases at once",
};

/** One parameter: its value now, the change, what uses it, and every change so far with who and why. */
export function ParameterDrawer(props: { parameter: ParameterView; onClose: () => void }) {
  const { parameter } = props;
  const history = parameter.history.toSorted((a, b) => b.version - a.version);
  return (
    <Drawer opened onClose={props.onClose} position="right" size={460} title={<strong>{parameter.title}</strong>}>
      <div className={classes.drawer}>
        {parameter.description && <p className="secondary">{parameter.description}</p>}
        <Facts
          rows={{
            Now: <strong>{valueWithUnit(parameter, parameter.value)}</strong>,
            Default: valueWithUnit(parameter, parameter.default),
            Allowed: boundsText(parameter),
            "Used by": (
              <>
                {parameter.usedBy.length === 0 && "nothing"}
                {parameter.usedBy.map((used) => (
                  <div key={`${used.kind}/${used.id}`}>
                    <Link to={`/design/${used.kind}/${used.id}`}>{used.title}</Link>{" "}
                    <span className="quiet">{kindName(used.kind)}</span>
                  </div>
                ))}
              </>
            ),
          }}
        />
        {parameter.mayEdit ? (
          <ParameterEditor key={parameter.version} parameter={parameter} onDone={props.onClose} />
        ) : (
          <p className="quiet">You may read this value; its owner changes it.</p>
        )}
        <section>
          <h3 className={classes.heading}>History</h3>
          {history.length === 0 && <p className="quiet">Never changed: the default is what runs.</p>}
          {history.map((change) => (
            <div key={change.version} className={classes.change}>
              <div>
                {valueWithUnit(parameter, change.old)} → <strong>{valueWithUnit(parameter, change.value)}</strong>{" "}
                <span className="secondary">for {SCOPES[change.scope] ?? change.scope}</span>
              </div>
              <div className="secondary">{change.reason}</div>
              <div className="quiet">
                {change.by ?? "the system"}, <When at={change.at} as="time" />
              </div>
            </div>
          ))}
        </section>
      </div>
    </Drawer>
  );
}
