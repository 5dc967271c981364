import { useParams } from "react-router";
import type { SeriesView } from "#engine/contract/views/organisation.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { calendarDate } from "../../text/dates.ts";
import { sentence, words } from "../../text/kinds.ts";
import { count, measured, number, percent } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Chip } from "../../ui/chip.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Facts, Figure, Figures, Filters, Page, Panel } from "../../ui/page.tsx";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { PlotFrame } from "../../ui/plot/plot-frame.tsx";
import { SeriesPlot } from "../../ui/plot/series-plot.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import { useFilters } from "../../ui/use-filters.ts";

/** One metric over time, of everyone, a unit or a person, with its target and what is usual. */
export default function MetricPage() {
  const { id = "" } = useParams();
  const { values, set } = useFilters(["person", "unit"]);
  const series = useAnswer(
    "series",
    {
      params: { id },
      query: { person: values.person || undefined, unit: values.person ? undefined : values.unit || undefined },
    },
    { keep: true },
  );
  const registry = useAnswer("metrics", {});
  const metric = registry.data?.items.find((one) => one.id === id);
  const title = series.data?.title ?? metric?.title ?? id;
  return (
    <Page>
      <Crumbs items={[{ title: "Metrics", to: "/metrics" }, { title }]}>
        {series.data?.stale && <Chip tone="attention">out of date</Chip>}
      </Crumbs>
      <Filters>
        <UnitChooser
          value={values.person ? null : values.unit || null}
          onChange={(unit) => {
            set("person", null);
            set("unit", unit);
          }}
          width={220}
        />
        <div style={{ width: 240 }}>
          <PersonChooser
            label=""
            placeholder="Or one person"
            value={values.person || null}
            onChange={(person) => set("person", person)}
          />
        </div>
      </Filters>
      {series.error && !series.data ? (
        <Failed error={series.error} retry={() => void series.refetch()} what="this series" />
      ) : !series.data ? (
        <Panel flush>
          <ListSkeleton rows={8} />
        </Panel>
      ) : series.data.points.length === 0 ? (
        <Panel>
          <Nothing title={`No values of ${title} for ${series.data.of.title}`}>
            Import results, or choose another unit or person.
          </Nothing>
        </Panel>
      ) : (
        <Series view={series.data} />
      )}
      {metric && (
        <Panel title="How it is measured">
          <Facts
            rows={{
              Unit: metric.unit,
              Direction:
                metric.direction === "lower"
                  ? "lower is better"
                  : metric.direction === "band"
                    ? "within a band"
                    : "higher is better",
              Grain: `each ${metric.grain}`,
              Owner: sentence(metric.owner ?? "nobody"),
              Steward: sentence(metric.steward ?? "nobody"),
              "Stored values": number(metric.observations),
            }}
          />
        </Panel>
      )}
    </Page>
  );
}

function Series({ view }: { view: SeriesView }) {
  const say = (value: number | null) => measured(value, view.unit);
  const last = view.points.findLast((point) => point.value !== null);
  const before = last ? view.points[view.points.indexOf(last) - 1] : undefined;
  const change =
    last && before && last.value !== null && before.value !== null && before.value !== 0
      ? last.value / before.value - 1
      : null;
  return (
    <>
      <Figures>
        <Figure
          label={last ? periodName(last.period) : "Latest"}
          value={say(last?.value ?? null)}
          note={view.of.title}
        />
        <Figure
          label="Of target"
          value={last?.attainment == null ? "no target" : percent(last.attainment, 1)}
          note={last?.target == null ? "" : `target ${say(last.target)}`}
        />
        <Figure
          label="Against the period before"
          value={change === null ? "unknown" : `${change > 0 ? "+" : ""}${percent(change, 1)}`}
          note={before ? `${periodName(before.period)}: ${say(before.value)}` : ""}
        />
        <Figure
          label="As of"
          value={view.asOf ? calendarDate(view.asOf.slice(0, 10)) : "unknown"}
          note={last ? `from ${count(last.n, "stored value")}` : ""}
        />
      </Figures>
      <PlotFrame
        title={`${view.title}, ${view.of.title}`}
        note={
          view.baseline
            ? `Usual range from the ${number(view.baseline.n)} periods before; diamonds are outside it.`
            : "Too few periods to say what is usual."
        }
        height={320}
        draw={(width, height) => (
          <SeriesPlot
            points={view.points.map((point) => ({
              title: shortPeriod(point.period),
              value: point.value,
              target: point.target,
              ...(point.state === "ok" ? {} : { note: words(point.state).toLowerCase() }),
            }))}
            band={view.baseline}
            say={say}
            label={`${view.title} of ${view.of.title} over ${view.points.length} periods`}
            width={width}
            height={height}
          />
        )}
        head={["Period", "Value", "Target", "Of target", "State", "From"]}
        rows={view.points.map((point) => [
          periodName(point.period),
          say(point.value),
          point.target === null ? "none" : say(point.target),
          point.attainment === null ? "" : percent(point.attainment, 1),
          words(point.state),
          number(point.n),
        ])}
      />
    </>
  );
}

/** "March 2026" as "Mar 26": axis labels have little room. */
function shortPeriod(period: string): string {
  const name = periodName(period);
  const month = /^([A-Z][a-z]{2})[a-z]* (\d{2})(\d{2})$/.exec(name);
  return month ? `${month[1]} ${month[3]}` : name;
}
