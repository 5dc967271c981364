import { Button, Group, Radio, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useCall } from "../../api/use-call.ts";
import { count } from "../../text/number.ts";
import { tell } from "../../ui/tell.ts";
import { boundsProblem, sameValue, valueWithUnit } from "./parameter-words.ts";
import classes from "./parameters.module.css";
import { ValueField } from "./value-field.tsx";

type Scope = "new" | "open-next-step" | "open-now";

/** Changes a parameter: the value within its bounds, for which cases, why; and before that, whom it touches. */
export function ParameterEditor({ parameter, onDone }: { parameter: ParameterView; onDone: () => void }) {
  const [value, setValue] = useState<ParameterView["value"] | null>(parameter.value);
  const [scope, setScope] = useState<Scope>("new");
  const [reason, setReason] = useState("");
  const [asked] = useDebouncedValue(value, 300);
  const params = { kind: parameter.sheet.kind, id: parameter.sheet.id, name: parameter.name };
  const preview = useCall("previewParameter");
  const change = useCall("setParameter", { stale: ["parameters", "cases", "case"] });
  const wrong = boundsProblem(parameter, value);
  const changed = value !== null && !sameValue(value, parameter.value);
  const { mutate: look } = preview;
  useEffect(() => {
    if (asked === null || sameValue(asked, parameter.value) || boundsProblem(parameter, asked) !== null) return;
    look({
      params: { kind: parameter.sheet.kind, id: parameter.sheet.id, name: parameter.name },
      body: { value: asked },
    });
  }, [asked, parameter, look]);
  const touched = preview.data;
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (value === null || wrong || !changed) return;
        change.mutate(
          { params, body: { value, scope, reason: reason.trim(), expectedVersion: parameter.version } },
          {
            onSuccess: () => {
              tell(`${parameter.title} is now ${valueWithUnit(parameter, value)}.`);
              onDone();
            },
          },
        );
      }}
    >
      <ValueField parameter={parameter} value={value} error={wrong} onChange={setValue} />
      <Radio.Group label="For which cases" value={scope} onChange={(next) => setScope(next as Scope)}>
        <Group gap="xs" mt={4} style={{ flexDirection: "column", alignItems: "flex-start" }}>
          <Radio value="new" label="New cases" description="Open ones keep what they began with." />
          <Radio
            value="open-next-step"
            label="Open cases from their next step"
            description="What runs now keeps its time."
          />
          <Radio
            value="open-now"
            label="Open cases at once"
            description="Armed timers are computed anew; some may fire."
          />
        </Group>
      </Radio.Group>
      {changed && !wrong && touched && (
        <div role="status">
          <p>
            {count(touched.openCases, "open case")} use{touched.openCases === 1 ? "s" : ""} this value.
            {scope === "open-now" &&
              (touched.wouldFireNow.length > 0
                ? ` ${count(touched.wouldFireNow.length, "deadline")} would be past at once:`
                : " No deadline would be past at once.")}
          </p>
          {scope === "open-now" && touched.wouldFireNow.length > 0 && (
            <ul className={classes.touched}>
              {touched.wouldFireNow.slice(0, 6).map((one) => (
                <li key={one.id}>
                  <Link to={`/cases/${encodeURIComponent(one.id)}`}>{one.subjectName}</Link>, {one.steps.join(", ")}
                </li>
              ))}
              {touched.wouldFireNow.length > 6 && <li>and {touched.wouldFireNow.length - 6} more</li>}
            </ul>
          )}
        </div>
      )}
      <Textarea
        label="Reason"
        description="Stands in the history and the audit."
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {change.error && (
        <p className="bad" role="alert">
          {sentenceOf(change.error)}
        </p>
      )}
      <Group justify="flex-end">
        <Button type="submit" disabled={!changed || wrong !== null || reason.trim() === ""} loading={change.isPending}>
          Change it
        </Button>
      </Group>
    </form>
  );
}
