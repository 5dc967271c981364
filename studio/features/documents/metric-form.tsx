import { Aggregate } from "#engine/definition/metric.ts";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import { DocumentChooser } from "../inspector/parts/document-chooser.tsx";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import {
  ChoiceField,
  DateField,
  NumberField,
  type Option,
  PersonField,
  ShareField,
  SwitchField,
} from "../inspector/parts/plain-fields.tsx";
import { RecurrenceEditor } from "../inspector/parts/recurrence-editor.tsx";
import { More, Row } from "../inspector/parts/row.tsx";
import { TextField } from "../inspector/parts/text-field.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

const named = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: words(value) }));
const AGGREGATES: Record<Aggregate, string> = {
  sum: "Added up",
  mean: "Averaged",
  min: "The lowest counts",
  max: "The highest counts",
  last: "The latest counts",
  count: "Counted",
};
const MISSING = [
  { value: "block", label: "Blocks what depends on it" },
  { value: "exclude", label: "Is left out" },
  { value: "carry-forward", label: "Takes the value before" },
  { value: "impute", label: "Is estimated" },
];

/** A metric: what is measured, which levels count, who answers for it, how fresh and how clean its data must be. */
export function MetricForm() {
  const locked = useLocked();
  const [baseline, setBaseline] = useField(["baseline"], "Baseline");
  const [refresh, setRefresh] = useField(["refresh"], "Refresh");
  const [quality, setQuality] = useField(["quality"], "Quality");
  const checked = isObject(quality) ? quality : {};
  return (
    <>
      <DocumentHead />
      <h3>What is measured</h3>
      <div className={classes.grid}>
        <Row label="Unit" help="What is counted: count, hours, USD.">
          <TextField path={["unit"]} label="Unit" required />
        </Row>
        <NumberField
          path={["scale"]}
          label="Decimal places"
          min={0}
          max={12}
          help="A value is rounded to these before a rule compares it."
        />
        <SwitchField
          path={["direction"]}
          label="Good is"
          options={[
            { value: "higher", label: "More" },
            { value: "lower", label: "Less" },
            { value: "band", label: "Within a band" },
          ]}
        />
        <ChoiceField
          path={["grain"]}
          label="Observed each"
          options={named(["day", "week", "month", "quarter", "year"])}
        />
        <ChoiceField
          path={["aggregate"]}
          label="Over a longer period"
          options={Aggregate.options.map((value) => ({ value, label: AGGREGATES[value] }))}
        />
        <ChoiceField
          path={["nature"]}
          label="Kind of indicator"
          empty="Not said"
          options={named(["leading", "lagging"])}
        />
        <ChoiceField
          path={["perspective"]}
          label="Perspective"
          empty="None"
          options={named(["financial", "customer", "process", "learning"])}
        />
        <ChoiceField
          path={["level"]}
          label="Answers for"
          empty="Not said"
          options={named(["organisation", "process", "individual"])}
        />
      </div>
      <h3>Levels</h3>
      <div className={classes.grid}>
        <ShareField
          path={["levels", "threshold"]}
          label="Threshold"
          placeholder="none"
          help="Below it nothing is earned."
        />
        <ShareField path={["levels", "target"]} label="Target" placeholder="none" help="Of what was planned." />
        <ShareField path={["levels", "stretch"]} label="Stretch" placeholder="none" />
        <ChoiceField
          path={["levels", "boundary"]}
          label="Exactly on a level"
          empty="Has reached it"
          options={[
            { value: "inclusive", label: "Has reached it" },
            { value: "exclusive", label: "Must pass it" },
          ]}
        />
      </div>
      <h3>Who answers for it</h3>
      <div className={classes.grid}>
        <PersonField path={["owner"]} label="Owner" help="For the result." start={{ role: "hr-admin" }} />
        <PersonField
          path={["steward"]}
          label="Data steward"
          help="For the accuracy of its data."
          start={{ role: "hr-admin" }}
        />
      </div>
      <h3>Its data</h3>
      <div className={classes.grid}>
        <Row label="Refreshed" help={refresh === undefined ? "Whenever data arrives; never stale." : undefined}>
          {isObject(refresh) ? (
            <>
              <RecurrenceEditor
                label="Refreshed"
                value={refresh.every}
                onChange={(every) => setRefresh({ ...refresh, every })}
              />
              <span className={classes.small}>and stale when it is late by</span>
              <DurationEditor
                label="Stale after"
                value={refresh.staleAfter}
                parameterAllowed={false}
                onChange={(staleAfter) => setRefresh({ ...refresh, staleAfter })}
              />
              {!locked && <More onClick={() => setRefresh(undefined)}>Never stale</More>}
            </>
          ) : (
            !locked && (
              <More onClick={() => setRefresh({ every: "FREQ=MONTHLY;BYMONTHDAY=1", staleAfter: { workingDays: 5 } })}>
                Say how often…
              </More>
            )
          )}
        </Row>
        <div className={classes.stack}>
          <ChoiceField path={["quality", "missing"]} label="A missing value" empty="Not said" options={MISSING} />
          {isObject(checked.outlier) ? (
            <>
              <NumberField
                path={["quality", "outlier", "sigma"]}
                label="Unlikely, from so many standard deviations"
                min={0}
              />
              <ChoiceField
                path={["quality", "outlier", "then"]}
                label="An unlikely value"
                options={[
                  { value: "flag", label: "Is flagged" },
                  { value: "winsorise", label: "Is cut to the bound" },
                  { value: "hold", label: "Is held until somebody confirms it" },
                ]}
              />
              {!locked && (
                <More
                  onClick={() => {
                    const { outlier: _gone, ...rest } = checked;
                    setQuality(Object.keys(rest).length ? rest : undefined);
                  }}
                >
                  Do not look for unlikely values
                </More>
              )}
            </>
          ) : (
            !locked && (
              <More onClick={() => setQuality({ ...checked, outlier: { sigma: 3, then: "flag" } })}>
                Look for unlikely values…
              </More>
            )
          )}
        </div>
        <Row label="Baseline" help={baseline === undefined ? "Values are not compared with earlier ones." : undefined}>
          {baseline === undefined ? (
            !locked && <More onClick={() => setBaseline({ periods: 12 })}>Compare with earlier periods…</More>
          ) : (
            <>
              <NumberField path={["baseline", "periods"]} label="Periods looked back" min={2} max={120} />
              <NumberField
                path={["baseline", "minimum"]}
                label="At least so many known"
                min={2}
                placeholder="all of them"
              />
              {!locked && <More onClick={() => setBaseline(undefined)}>No baseline</More>}
            </>
          )}
        </Row>
      </div>
      <h3>Its end</h3>
      <div className={classes.grid}>
        <DateField path={["sunset"]} label="Last day in new definitions" help="Empty: it stays in use." />
        <DocumentChooser path={["successor"]} kind="metric" label="Followed by" optional />
      </div>
    </>
  );
}
