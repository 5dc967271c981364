import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { money } from "../../text/money.ts";
import { count, number } from "../../text/number.ts";
import { Panel } from "../../ui/page.tsx";
import classes from "./payouts.module.css";

const FIRST = 12;

/** The total by unit: bars from zero with the amount and the mean beside them. */
export function UnitBars({ run }: { run: Answer<"payoutRun"> }) {
  const [all, setAll] = useState(false);
  const units = [...run.byUnit].sort((a, b) => b.totalMinor - a.totalMinor);
  const most = Math.max(1, ...units.map((unit) => unit.totalMinor));
  const shown = all ? units : units.slice(0, FIRST);
  return (
    <Panel
      title="By unit"
      actions={
        units.length > FIRST && (
          <button type="button" className={classes.plain} onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `All ${number(units.length)}`}
          </button>
        )
      }
    >
      <table className={classes.bars}>
        <caption className="unseen">Total by unit</caption>
        <tbody>
          {shown.map((unit) => (
            <tr key={unit.unit}>
              <th scope="row">{unit.title}</th>
              <td className={classes.barCell}>
                <div className={classes.bar} style={{ width: `${(unit.totalMinor / most) * 100}%` }} />
              </td>
              <td className={classes.amount}>{money(unit.totalMinor, run.currency)}</td>
              <td className={classes.small}>
                {count(unit.people, "person", "people")}
                {unit.people > 0 ? `, ${money(Math.round(unit.totalMinor / unit.people), run.currency)} each` : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
