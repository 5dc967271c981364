import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Definition } from "#engine/definition/definition.ts";
import type { SimulationSetup } from "#engine/execute/simulate.ts";
import type { SubjectFacts } from "#engine/execute/world.ts";
import { instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import type { Json } from "#engine/words/json.ts";
import { useMe } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useOpen } from "../../document/editing.tsx";
import { isObject, withValue } from "../../document/json-value.ts";
import { useDirectory } from "../../document/use-directory.ts";
import { words } from "../../text/kinds.ts";
import { periodName, periodOf, recentPeriods } from "../../text/period.ts";
import { ListSkeleton } from "../../ui/states.tsx";
import type { Problems } from "../problems/use-problems.ts";
import { likelyGrain } from "./likely-grain.ts";
import classes from "./simulate.module.css";
import { type StoredFact, setupFor } from "./world-for.ts";

interface Props {
  definition: Definition & { kind: "workflow" | "escalation" };
  problems: Problems;
  problem: string | null;
  onStart: (setup: SimulationSetup, facts: readonly StoredFact[]) => void;
  /** What stands below. */
  children?: ReactNode;
}

/** Whom it is about, when it starts, and the stored facts it will read, each of which can be changed to see what then happens. */
export function StartPanel({ definition, problems, problem, onStart, children }: Props) {
  const me = useMe();
  const directory = useDirectory();
  const document = useOpen((state) => state.document);
  const isRecord = !["person", "unit", "metric"].includes(definition.subject);
  const recordType = isRecord ? problems.catalogue.find("record-type", definition.subject) : undefined;
  const [person, setPerson] = useState<string | null>(null);
  const [subjectId, setSubjectId] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const grain = likelyGrain(definition, problems.catalogue);
  const [chosen, setPeriod] = useState<string | null>(null);
  // A year is looked at while it lasts; of months and quarters the last whole one has results.
  const period =
    chosen ?? (grain === "year" ? periodOf(me.now, "year") : (recentPeriods(me.now, grain ?? "month", 2)[1] as string));
  const [date, setDate] = useState(() => new Date(me.now).toISOString().slice(0, 10));
  const [fields, setFields] = useState<Record<string, Json>>({});
  const [changed, setChanged] = useState<ReadonlyMap<string, Json>>(new Map());

  const about = definition.subject === "unit" || definition.subject === "metric" ? subjectId : person;
  const subject = useMemo<SimulationSetup["subject"]>(() => {
    if (definition.subject === "unit" || definition.subject === "metric")
      return { kind: definition.subject, id: subjectId ?? "" };
    if (isRecord) return { kind: "record", type: definition.subject, id: "simulated" };
    return { kind: "person", id: person ?? "" };
  }, [definition.subject, subjectId, isRecord, person]);
  const stored = useAnswer(
    "simulationFacts",
    { body: { document, subject: subject.id ? subject : { kind: "person", id: "-" }, period } },
    { enabled: about !== null, keep: true },
  );
  useEffect(() => {
    if (person === null && directory) {
      const today = new Date(me.now).toISOString().slice(0, 10);
      const likely =
        directory.people().find((one) => one.role === "sales" && directory.isHere(one.id, today)) ??
        directory.people()[0];
      setPerson(likely?.id ?? null);
    }
  }, [directory, person, me.now]);

  if (!directory) return <ListSkeleton rows={5} />;
  const people = directory
    .people()
    .filter((one) => search === "" || one.name.toLowerCase().includes(search.toLowerCase()) || one.id === person)
    .slice(0, 60)
    .map((one) => ({ value: one.id, label: one.title ? `${one.name}, ${one.title}` : one.name }));
  if (person && !people.some((one) => one.value === person))
    people.unshift({ value: person, label: directory.nameOf(person) });
  const facts: StoredFact[] = (stored.data?.facts ?? []).map((one) => {
    const key = JSON.stringify([one.fact, one.params]);
    return changed.has(key) ? { ...one, value: changed.get(key)! } : one;
  });
  const known: SubjectFacts | undefined = isRecord
    ? { fields, about: person, unit: null }
    : definition.subject === "metric"
      ? { fields: {}, about: null, unit: null }
      : undefined;
  const start = () => {
    const place = zone(directory.data.timeZone);
    const startAt = instantOf(`${date}T09:00`, place, "start");
    if (startAt === undefined || (about === null && !isRecord)) return;
    onStart(
      setupFor({
        catalogue: problems.catalogue,
        definition,
        directory,
        subject,
        known,
        period,
        startAt,
        facts,
        parameters: stored.data?.parameters ?? {},
      }),
      facts,
    );
  };
  return (
    <div className={classes.panel}>
      <div>
        <h2>Simulate</h2>
        <p className="secondary">
          The draft as it stands, on the real organisation, with a clock of its own. Nobody gets a message.
        </p>
      </div>
      {definition.subject === "unit" || definition.subject === "metric" ? (
        <Select
          label={definition.subject === "unit" ? "Unit" : "Metric"}
          searchable
          data={
            definition.subject === "unit"
              ? directory.units().map((unit) => ({ value: unit.id, label: unit.title }))
              : problems.catalogue.all("metric").map((metric) => ({ value: metric.id, label: metric.title }))
          }
          value={subjectId}
          onChange={setSubjectId}
        />
      ) : (
        <Select
          label={isRecord ? "About whom" : "For whom"}
          searchable
          data={people}
          value={person}
          onChange={setPerson}
          onSearchChange={setSearch}
          filter={({ options }) => options}
          allowDeselect={false}
          nothingFoundMessage="Nobody has this name"
        />
      )}
      {recordType && (
        <div className={classes.fields}>
          {Object.entries(recordType.fields)
            .filter(([, field]) => field.type !== "person" && field.type !== "people")
            .map(([name, field]) =>
              field.type === "number" || field.type === "integer" ? (
                <NumberInput
                  key={name}
                  label={field.title ?? words(name)}
                  value={typeof fields[name] === "number" ? fields[name] : ""}
                  onChange={(next) => setFields({ ...fields, [name]: typeof next === "number" ? next : null })}
                />
              ) : (
                <TextInput
                  key={name}
                  label={field.title ?? words(name)}
                  type={field.type === "date" ? "date" : "text"}
                  value={typeof fields[name] === "string" ? fields[name] : ""}
                  onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
                />
              ),
            )}
        </div>
      )}
      <div className={classes.halves}>
        <Select
          label="Period"
          searchable
          allowDeselect={false}
          data={[
            ...recentPeriods(me.now, "month", 14),
            ...recentPeriods(me.now, "quarter", 5),
            ...(grain === "half" ? recentPeriods(me.now, "half", 4) : []),
            ...recentPeriods(me.now, "year", 3),
          ].map((value) => ({ value, label: periodName(value) }))}
          value={period}
          onChange={(next) => next && setPeriod(next)}
        />
        <TextInput
          label="Starts"
          type="date"
          value={date}
          onChange={(event) => event.currentTarget.value && setDate(event.currentTarget.value)}
        />
      </div>
      {facts.length > 0 && (
        <details className={classes.facts} open={facts.length < 6}>
          <summary>
            {facts.length} stored {facts.length === 1 ? "fact" : "facts"} it reads
          </summary>
          {facts.map((one) => (
            <FactRow
              key={JSON.stringify([one.fact, one.params])}
              fact={one}
              onChange={(value) => setChanged(new Map(changed).set(JSON.stringify([one.fact, one.params]), value))}
            />
          ))}
        </details>
      )}
      {problem && (
        <p role="alert" className="bad">
          {problem}
        </p>
      )}
      <Button onClick={start} disabled={about === null && !isRecord} loading={stored.isFetching && about !== null}>
        Start
      </Button>
      {children}
    </div>
  );
}

/** A stored fact with its numbers, which can be changed for this run. */
function FactRow({ fact, onChange }: { fact: StoredFact; onChange: (value: Json) => void }) {
  const id = isObject(fact.params) && typeof fact.params.id === "string" ? fact.params.id : fact.fact;
  const { value } = fact;
  if (isObject(value)) {
    const numbers = Object.entries(value).filter(([, one]) => typeof one === "number" || one === null);
    return (
      <div className={classes.fact}>
        <strong>{words(id)}</strong>
        <div className={classes.halves}>
          {numbers.slice(0, 4).map(([name, one]) => (
            <NumberInput
              key={name}
              size="xs"
              label={name}
              hideControls
              value={typeof one === "number" ? one : ""}
              onChange={(next) => onChange(withValue(value, [name], typeof next === "number" ? next : null))}
            />
          ))}
        </div>
      </div>
    );
  }
  return (
    <div className={classes.fact}>
      <TextInput
        size="xs"
        label={words(id)}
        value={value === null ? "" : String(value)}
        onChange={(event) =>
          onChange(
            Number.isNaN(Number(event.currentTarget.value)) || event.currentTarget.value === ""
              ? event.currentTarget.value
              : Number(event.currentTarget.value),
          )
        }
      />
    </div>
  );
}
