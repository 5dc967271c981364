import type { WhyView } from "#engine/contract/views/cases.ts";
import type { JournalEntry, TapeItem } from "#engine/execute/journal.ts";
import { personInWords } from "#engine/outline/person-in-words.ts";
import { traceInWords } from "#engine/rules/condition-words.ts";
import type { ConditionTrace } from "#engine/rules/explain.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { rulesAsRun } from "#engine/rules/rules-as-run.ts";
import { factValueInWords } from "#engine/rules/words.ts";
import { durationValueInWords } from "#engine/time/clock-in-words.ts";
import { type Duration, durationInWords } from "#engine/words/duration.ts";
import type { DurationValue, PersonRef } from "#engine/words/reference.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { readJournal, type StoredEntry } from "../store/journal-read.ts";
import { tasksOfCase } from "../store/tasks-read.ts";
import { accessCase, type CaseAccess } from "./case-access.ts";
import { asksOf, caseSource, isHiddenFact, stepTitles as titles } from "./case-reasons.ts";
import { tellingOf } from "./case-view.ts";
import type { SourceOf } from "./fact-source.ts";
import { factWording } from "./fact-wording.ts";
import { clockOf, entryInWords, peopleOf, type Telling } from "./journal-words.ts";
import { briefOf } from "./me-view.ts";
import { instantInWords, sentence, spelled } from "./say.ts";
import { recordedReader, traceView } from "./trace-view.ts";

/**
 * Why an entry of a journal came out as it did, from the facts and answers it recorded and the pinned version of the rules:
 * what people, thresholds or data have become since changes nothing in it. Rules that read what is not open to the reader
 * are told without their values.
 */
export async function whyView(runtime: Runtime, reader: Reader, caseId: string, seq: number): Promise<WhyView> {
  const access = await accessCase(runtime, reader, caseId);
  if (access.level === "part") throw new Refused("not-allowed", "The reasons of this case are not open to you.");
  const entries = await readJournal(runtime.db, caseId);
  const stored = entries.find((entry) => entry.seq === seq);
  if (!stored) throw new Refused("not-found", `The journal of this case has no entry ${seq}.`);
  const telling = await tellingOf(runtime, access, await tasksOfCase(runtime.db, caseId));
  const { entry } = stored;
  const rules: WhyView["rules"] = [];
  const answer: string[] = [];
  const people: WhyView["people"] = [];
  const facts = new Map<string, WhyView["facts"][number]>();
  const source = caseSource(runtime, telling, access);
  const wording = factWording(telling.bundle);
  const isHidden = (item: TapeItem) =>
    (item.facts ?? []).some(({ fact }) => isHiddenFact(fact, access, reader, telling));
  if (entry.event.type === "timer")
    answer.push(...whyNow(entry, entries, telling, allowedBy(runtime, telling, access)));
  for (const item of entry.tape) {
    const hidden = isHidden(item);
    if (!hidden) {
      for (const { fact, params, value, asOf } of item.facts ?? []) {
        facts.set(`${fact}${JSON.stringify(params ?? null)}`, {
          fact: factName(fact, params),
          value,
          said: factValueInWords({ fact, ...(params ? { params } : {}) }, value, wording),
          asOf: asOf ?? null,
          source: source({ fact, ...(params ? { params } : {}), value }),
        });
      }
    }
    if (item.ask === "decision") decisionWhy(item, hidden, telling, { rules, answer, source });
    else if (item.ask === "verdict") verdictWhy(item, hidden, telling, { rules, answer, source });
    else if (item.ask === "people") people.push(peopleWhy(item, telling));
  }
  for (const { found, because } of people) {
    const names = found.map(({ name }) => name).join(", ");
    answer.push(found.length > 0 ? `${names}: ${because || "named in the case"}.` : `Nobody was found: ${because}.`);
  }
  if (answer.length === 0) answer.push(sentence(entryInWords(entry, telling)));
  const asks = asksOf(entry, telling, isHidden);
  return { question: questionOf(entry, telling), answer, rules, people, facts: [...facts.values()], asks };
}

function questionOf(entry: JournalEntry, telling: Telling): string {
  const title = titles(telling);
  const last = entry.taken.at(-1);
  const told = entryInWords(entry, telling).replace(/\.$/, "");
  return last ? `Why did it go from “${title(last.from)}” to “${title(last.to)}”?` : `Why: ${told}?`;
}

/** A duration as it was at an instant: a parameter with the value that the case saw then. */
function allowedBy(runtime: Runtime, { bundle }: Telling, access: CaseAccess) {
  return (value: DurationValue, at: number): string | undefined => {
    if (!("parameter" in value)) return isNothing(value) ? undefined : durationInWords(value);
    const { compiled } = bundle;
    const parameter = compiled.parameters[value.parameter];
    if (!parameter) return durationValueInWords(value);
    const change = runtime.parameters
      .history(runtime.parameters.home(compiled, value.parameter), value.parameter)
      .findLast((one) => one.at <= at && (one.scope !== "new" || one.at <= access.stored.state.openedAt));
    const amount = Number(change?.value ?? parameter.default);
    const unit = parameter.type === "workingDays" || parameter.type === "hours" ? parameter.type : "days";
    return amount === 0 ? undefined : `${durationInWords({ [unit]: amount })} (the parameter “${parameter.title}”)`;
  };
}

const isNothing = (duration: Duration) => Object.values(duration).every((part) => part === 0 || part === undefined);

/** When the clock began, how long it allowed, and when that was up. */
function whyNow(
  entry: JournalEntry,
  entries: readonly StoredEntry[],
  { bundle, directory }: Telling,
  inWords: (value: DurationValue, at: number) => string | undefined,
): string[] {
  if (entry.event.type !== "timer") return [];
  const clock = clockOf(bundle, entry.event.timer);
  const due = entry.dueAt ?? entry.at;
  if (!clock) return [`Its time was up on ${instantInWords(due, directory)}.`];
  const began =
    entries.findLast(({ seq, entry: { taken } }) => seq < entry.seq && taken.some(({ to }) => to === clock.step)) ??
    entries.find(({ entry: { active } }) => active.includes(clock.step));
  const words = [`“${clock.title}” had until ${instantInWords(due, directory)}, and nothing had happened by then.`];
  const at = began?.entry.at ?? entry.at;
  const allowed = clock.clock.after && inWords(clock.clock.after, at);
  if (allowed) {
    const less = clock.less && inWords(clock.less, at);
    const from = began ? `, from ${instantInWords(at, directory)}` : "";
    words.push(`It is allowed ${allowed}${less ? `, less ${less} that came before` : ""}${from}.`);
  }
  if (entry.late) {
    words.push(
      `It was carried out on ${instantInWords(entry.at, directory)}: the server was not running when it was due.`,
    );
  }
  return words;
}

/** What is being told: sentences and rules so far, and where facts come from. */
interface Told {
  rules: WhyView["rules"];
  answer: string[];
  source: SourceOf;
}

function decisionWhy(item: TapeItem, hidden: boolean, telling: Telling, { rules, answer, source }: Told): void {
  const decided = item.answer as { outcome: string; rule: string | null; missing?: string[] };
  const step = telling.bundle.compiled.decisions.get(item.key);
  const title = titles(telling)(item.key);
  const because = decided.rule
    ? `, because “${decided.rule}” held`
    : decided.outcome === "otherwise"
      ? ", because no rule held"
      : "";
  answer.push(`“${title}” came out as ${spelled(decided.outcome)}${because}.`);
  if (hidden) {
    answer.push("It rests on answers that are not open to you yet.");
    return;
  }
  if (decided.missing && decided.missing.length > 0) {
    answer.push(`Not known at the time: ${decided.missing.map(spelled).join(", ")}.`);
  }
  if (!step) return;
  const { ruleset } = step;
  const read = recordedReader(item.facts ?? []);
  const wording = factWording(telling.bundle, ruleset.facts);
  const listed = rulesAsRun(ruleset);
  const traces = listed.map((rule, index) => {
    const name = rule.name === undefined ? `rule ${index + 1}` : String(rule.name);
    const trace = explainConditions(rule.conditions, read, ruleset.conditions ? { shared: ruleset.conditions } : {});
    return { name, trace, event: rule.event.type, won: name === decided.rule };
  });
  // Of a long table only the rows that matter: those that held, and those left open.
  const told = ruleset.table && traces.length > 30 ? traces.filter(({ trace }) => trace.verdict !== false) : traces;
  for (const { name, trace, event, won } of told) {
    rules.push({
      name,
      verdict: String(trace.verdict),
      event,
      won,
      trace: traceView(trace, wording, source),
    });
    if (won) answer.push(...reasons(trace, wording));
  }
}

function verdictWhy(item: TapeItem, hidden: boolean, telling: Telling, { rules, answer, source }: Told): void {
  const way = telling.bundle.compiled.map.ways.get(item.key);
  if (!way?.when) return;
  // Which level a late start has reached is the ladder's own arithmetic; when the time was up has been said above.
  if ((item.facts ?? []).every(({ fact }) => fact === "time.reached")) return;
  const title = titles(telling);
  const name = `The condition for “${title(way.to)}”`;
  const verdict = typeof item.answer === "boolean" ? String(item.answer) : "not evaluated";
  answer.push(
    `${name} ${verdict === "true" ? "held" : verdict === "false" ? "did not hold" : "could not be evaluated"}.`,
  );
  if (hidden) {
    answer.push("It rests on answers that are not open to you yet.");
    return;
  }
  const wording = factWording(telling.bundle);
  const trace = explainConditions(way.when, recordedReader(item.facts ?? []));
  rules.push({
    name,
    verdict,
    event: way.event,
    won: item.answer === true,
    trace: traceView(trace, wording, source),
  });
  answer.push(...reasons(trace, wording));
}

const reasons = (trace: ConditionTrace, wording = {}): string[] =>
  traceInWords(trace, wording).map((words) => `${words}.`);

function peopleWhy(item: TapeItem, telling: Telling): WhyView["people"][number] {
  const step = item.key.replace(/\.each$/, "");
  const drawn = telling.bundle.compiled.map.steps.get(step)?.step;
  const refs: PersonRef[] = !drawn
    ? []
    : drawn.kind === "level"
      ? drawn.notify
      : "each" in drawn && drawn.each
        ? [drawn.each.of].flat()
        : "actors" in drawn && drawn.actors
          ? drawn.actors
          : "actor" in drawn && drawn.actor
            ? [drawn.actor]
            : "to" in drawn && Array.isArray(drawn.to)
              ? drawn.to
              : [];
  return {
    ref: refs.length > 0 ? refs.map(personInWords).join(" and ") : titles(telling)(step),
    found: peopleOf(item).map((person) => briefOf(telling.directory, person)),
    because: item.because ?? "",
  };
}

function factName(fact: string, params: unknown): string {
  const id = params !== null && typeof params === "object" ? (params as { id?: unknown }).id : undefined;
  return fact === "metric" && typeof id === "string" ? id : fact;
}
