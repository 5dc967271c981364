import { Link } from "react-router";
import type { HomeView } from "#engine/contract/views/cases.ts";
import { count } from "../../text/number.ts";
import { Panel } from "../../ui/page.tsx";
import { When } from "../../ui/when.tsx";
import classes from "./home.module.css";

/** What will start by itself, and what could not be delivered. */
export function Upcoming({ upcoming, deadEffects }: { upcoming: HomeView["upcoming"]; deadEffects: number }) {
  return (
    <>
      {deadEffects > 0 && (
        <Panel title="Could not be delivered">
          <p>
            <Link to="/admin?kind=dead-letter">{count(deadEffects, "message or call", "messages or calls")}</Link> gave
            up after several tries. Each says why and can be tried again.
          </p>
        </Panel>
      )}
      <Panel title="Coming up" flush>
        {upcoming.length === 0 && <p className={classes.empty}>No cadence is due to start anything.</p>}
        {upcoming.map((one) => (
          <div key={`${one.title}${one.at}`} className={classes.line}>
            <div className={`${classes.main} clip`}>{one.title}</div>
            <div className={classes.aside}>
              <When at={one.at} as="day" /> (<When at={one.at} />)
            </div>
          </div>
        ))}
      </Panel>
    </>
  );
}
