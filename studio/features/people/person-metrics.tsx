import { Link } from "react-router";
import type { PersonView } from "#engine/contract/views/organisation.ts";
import { measured, percent } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Panel } from "../../ui/page.tsx";
import { Sparkline } from "../../ui/plot/sparkline.tsx";
import classes from "./people.module.css";

/** A person's numbers: the last value against its target, and the course behind it; each leads to its plot. */
export function PersonMetrics({ person, metrics }: { person: string; metrics: PersonView["metrics"] }) {
  return (
    <Panel title="Metrics" flush>
      {metrics.length === 0 && (
        <p className="secondary" style={{ padding: 16 }}>
          No stored results that you may see.
        </p>
      )}
      <div className={classes.plots}>
        {metrics.map((metric) => {
          const last = metric.points.findLast((point) => point.value !== null);
          const attainment =
            last && last.value !== null && last.target !== null && last.target !== 0 ? last.value / last.target : null;
          return (
            <Link
              key={metric.metric}
              to={`/metrics/${metric.metric}?person=${encodeURIComponent(person)}`}
              className={classes.plot}
            >
              <span className="secondary">{metric.title}</span>
              <span className={classes.value}>{last ? measured(last.value, metric.unit) : "no value"}</span>
              <Sparkline
                width={190}
                height={36}
                values={metric.points.map((point) => point.value)}
                target={last?.target ?? null}
                label={`${metric.title}, ${metric.points.length} periods`}
              />
              <span className="quiet" style={{ fontSize: 12 }}>
                {last ? periodName(last.period) : ""}
                {attainment !== null && last ? `: ${percent(attainment)} of ${measured(last.target, metric.unit)}` : ""}
              </span>
            </Link>
          );
        })}
      </div>
    </Panel>
  );
}
