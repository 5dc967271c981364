import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { CaseBrief } from "#engine/contract/views/cases.ts";
import { sentence } from "../../text/kinds.ts";
import { Panel } from "../../ui/page.tsx";
import { Due, When } from "../../ui/when.tsx";
import classes from "./home.module.css";

/** The cases that are past their due date, the latest first. */
export function Late({ cases }: { cases: CaseBrief[] }) {
  return (
    <Panel
      title="Late"
      flush
      actions={
        cases.length > 0 && (
          <Button component={Link} to="/cases?late=true" variant="subtle" size="compact-sm">
            All late cases
          </Button>
        )
      }
    >
      {cases.length === 0 ? (
        <p className={classes.empty}>Nothing is late.</p>
      ) : (
        cases.map((one) => (
          <CaseLine key={one.id} one={one} aside={<Due at={one.dueAt} overdue={one.overdue} paused={one.paused} />} />
        ))
      )}
    </Panel>
  );
}

/** The cases that stand still until somebody acts. */
export function Blocked({ cases }: { cases: CaseBrief[] }) {
  return (
    <Panel title="Blocked" flush>
      {cases.map((one) => (
        <CaseLine
          key={one.id}
          one={one}
          aside={
            <>
              since <When at={one.openedAt} as="day" />
            </>
          }
        />
      ))}
    </Panel>
  );
}

function CaseLine({ one, aside }: { one: CaseBrief; aside: React.ReactNode }) {
  return (
    <Link to={`/cases/${encodeURIComponent(one.id)}`} className={classes.line}>
      <div className={classes.main}>
        <div className={`${classes.title} clip`}>{sentence(one.subjectName)}</div>
        <div className={`${classes.under} clip`}>
          {one.definition.title}: {one.steps.join(", ") || "no step"}
        </div>
      </div>
      <div className={classes.aside}>{aside}</div>
    </Link>
  );
}
