import { useMemo, useState } from "react";
import type { FactUse } from "#engine/rules/facts.ts";
import { compilePath } from "#engine/rules/path.ts";
import { TODAY } from "#engine/rules/today.ts";
import type { Json } from "#engine/words/json.ts";
import { useMe } from "../../../api/me.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useEditing, useOpen } from "../../../document/editing.tsx";
import { valueAt } from "../../../document/json-value.ts";
import { parametersOf } from "../../../document/parameters.ts";
import { recentPeriods } from "../../../text/period.ts";
import type { FactChoice } from "../conditions/fact-choice.ts";
import type { Example } from "../conditions/live-examples.ts";
import { inputKey, inputsOf, type TryInput, type TryValues } from "./inputs.ts";

/** The facts that rules are tried on: a person's, as the server knows them, and what is typed over them. */
export interface LiveFacts {
  person: string | null;
  period: string;
  setPerson: (person: string | null) => void;
  setPeriod: (period: string) => void;
  inputs: readonly TryInput[];
  /** What the rules see. */
  values: TryValues;
  /** What was typed here; null takes a fact away. */
  typed: TryValues;
  setTyped: (typed: TryValues) => void;
  /** Where a value comes from and of when, in words. */
  source: (key: string) => { source: string; asOf: string | null } | undefined;
  /** What any fact on offer is for the person. */
  example: Example;
  /** Whether there is anything to try on. */
  some: boolean;
  error: unknown;
}

const MOST = 500;
const NONE: TryValues = new Map();

/** Facts of a person from the API, and typed ones over them; asked again only when the person, the period or the facts change. */
export function useLiveFacts(uses: readonly FactUse[], choices: readonly FactChoice[]): LiveFacts {
  const me = useMe();
  const { others } = useEditing();
  const document = useOpen((state) => state.document);
  const ruleset = useOpen((state) => state.id);
  const parameters = useMemo(() => parametersOf(document, others), [document, others]);
  const [person, setPerson] = useState<string | null>(null);
  const [period, setPeriod] = useState(() => recentPeriods(me.now, "month", 2)[1] ?? "");
  const [typed, setTyped] = useState<TryValues>(NONE);
  const inputs = useMemo(() => inputsOf(uses), [uses]);
  const asked = useMemo(() => {
    const places = [...inputs, ...choices].map(({ fact, params }) => ({ fact, ...(params ? { params } : {}) }));
    return [...new Map(places.map((one) => [inputKey(one.fact, one.params), one])).values()].slice(0, MOST);
  }, [inputs, choices]);
  const answer = useAnswer(
    "personFacts",
    { params: { id: person ?? "-" }, body: { period, ruleset, facts: asked } },
    { enabled: person !== null, keep: true },
  );
  const known = useMemo(
    () => new Map(person === null ? [] : answer.data?.items.map((one) => [inputKey(one.fact, one.params), one])),
    [person, answer.data],
  );
  const some = typed.size > 0 || (person !== null && answer.data !== undefined);
  const values = useMemo(() => {
    const all = new Map<string, Json>([[inputKey(TODAY, undefined), new Date(me.now).toISOString().slice(0, 10)]]);
    // What is only drafted has its default; what is published, the value that stands today.
    for (const [name, parameter] of Object.entries(parameters)) {
      const value = valueAt(parameter, ["default"]);
      if (value !== undefined) all.set(inputKey(`parameter.${name}`, undefined), value);
    }
    for (const [key, { value }] of known) if (value !== null) all.set(key, value);
    for (const [key, value] of typed) all.set(key, value);
    return all;
  }, [known, typed, parameters, me.now]);
  const example = useMemo<Example>(() => {
    if (person === null) return () => undefined;
    return ({ fact, params, path }) => {
      const value = values.get(inputKey(fact, params));
      if (value === undefined || value === null || !path) return value ?? undefined;
      return compilePath(path).read(value) as Json | undefined;
    };
  }, [person, values]);
  return {
    person,
    period,
    setPerson,
    setPeriod,
    inputs,
    values,
    typed,
    setTyped,
    source: (key) => (typed.has(key) ? { source: "typed here", asOf: null } : known.get(key)),
    example,
    some,
    error: answer.error,
  };
}
