import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImpactPerson, ImpactView, OutcomeView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { tellsPay } from "#engine/execute/pay-facts.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { type CompiledRuleset, compileRuleset, type Decision } from "#engine/rules/decide.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { type Outcome, outcomeOf } from "#engine/rules/outcome-words.ts";
import { compilePath } from "#engine/rules/path.ts";
import { factInWords } from "#engine/rules/words.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { today } from "../commands/stored-facts.ts";
import type { ScanDesk } from "./desk.ts";
import { inputOf } from "./impact-inputs.ts";
import { MoneySums } from "./money-sums.ts";
import { personValues, type Step } from "./person-values.ts";

/** A version of the rules with the values of its parameters, by `parameter.<name>`. */
export interface RulesOnTrial {
  ruleset: Ruleset;
  parameters: Record<string, Json>;
}

/** Who is looked at: a unit with everything below it or everyone, as far as their records are open to the asker. */
export interface Population {
  unit: string | null;
  now: number;
  people: "all" | string[];
}

export interface ImpactRequest extends Population {
  /** What is live; null where nothing is. */
  before: (RulesOnTrial & { version: number }) | null;
  after: RulesOnTrial;
  period: string | null;
  /** Whose pay is open to the asker. */
  pay: "all" | string[];
}

/** People decided in one turn: between turns a scan hears that it is to end. */
const TURN = 1_000;
/** People told one by one: the counts go on. */
const MOST_TOLD = 20_000;
const UNPUBLISHED: OutcomeView = { label: "not published yet", kind: "unpublished" };

/** How many a scan would look at. Asked before it, it also gets the thread ready. */
export async function scanPopulation(desk: ScanDesk, request: Population): Promise<{ people: number; closed: number }> {
  const { open, closed } = peopleOf(await desk.organisation.directory(), request);
  return { people: open.length, closed };
}

/**
 * Both versions of a rule set over the organisation as it is stored: who is answered otherwise, and how. Facts of a case
 * (answers, steps) are not known here, so rules that need them are not evaluated, and the view says which those are.
 */
export async function scanImpact(desk: ScanDesk, request: ImpactRequest, step: Step): Promise<ImpactView> {
  const started = performance.now();
  const directory = await desk.organisation.directory();
  const { open, closed } = peopleOf(directory, request);
  const trials = [request.before, request.after].map((one) => one && { ...one, compiled: compileRuleset(one.ruleset) });
  const uses = distinct(trials.flatMap((one) => one?.compiled.facts ?? []));
  const tally = new Tally(desk, request, directory, uses);
  const pay = request.pay === "all" ? null : new Set(request.pay);
  const sees = request.people === "all" ? null : new Set(request.people);
  const asked = { ids: open, period: request.period, now: request.now, sees };
  const values = await personValues(desk, uses, asked, step);
  for (const [i, id] of open.entries()) {
    if (i % TURN === 0) {
      await nextTurn();
      step(open.length, open.length);
    }
    const known = values.readerOf(i);
    const read: FactReader = (fact, params) =>
      pay && tellsPay(fact) && !pay.has(id) ? undefined : known(fact, params);
    const [before, after] = trials.map((one) => one && decide(one, read));
    tally.add(id, before ?? null, after!, read);
  }
  return { ...tally.view(), closed, looked: open.length, tookMs: Math.round(performance.now() - started) };
}

/** Those of the population whose records are open to the asker, and how many are not. */
export function peopleOf(directory: Directory, request: Population): { open: string[]; closed: number } {
  const date = today(directory, request.now);
  const all =
    request.unit === null
      ? directory.people().map(({ id }) => id)
      : directory.membersOf(request.unit, date, { deep: true });
  const here = all.filter((id) => directory.isHere(id, date));
  const sees = request.people === "all" ? null : new Set(request.people);
  const open = sees ? here.filter((id) => sees.has(id)) : here;
  return { open, closed: here.length - open.length };
}

function distinct(uses: readonly FactUse[]): FactUse[] {
  return [
    ...new Map(uses.map((use) => [canonical([use.fact, use.params ?? {}, use.path ?? ""] as Json), use])).values(),
  ];
}

type Trial = RulesOnTrial & { compiled: CompiledRuleset };
interface Said {
  decision: Decision;
  outcome: Outcome;
}

function decide({ compiled, ruleset, parameters }: Trial, read: FactReader): Said {
  const decision = compiled.decide((fact, params) =>
    fact.startsWith("parameter.") ? parameters[fact] : read(fact, params),
  );
  return { decision, outcome: outcomeOf(decision, ruleset) };
}

/** Counts, and those who change. */
class Tally {
  readonly #request: ImpactRequest;
  readonly #directory: Directory;
  readonly #uses: readonly FactUse[];
  readonly #title: (use: FactUse) => string;
  readonly #inputs: ImpactView["inputs"];
  readonly #date: string;
  readonly #outcomes = new Map<string, { at: number; view: OutcomeView }>();
  readonly #moves = new Map<string, { from: number; to: number; people: number }>();
  readonly #people: ImpactPerson[] = [];
  readonly #missing = new Map<string, number>();
  readonly #money: MoneySums;
  #changed = 0;

  constructor(desk: ScanDesk, request: ImpactRequest, directory: Directory, uses: readonly FactUse[]) {
    const { ruleset } = request.after;
    const wording = wordingOf(ruleset, desk.catalogue.live).rules;
    this.#request = request;
    this.#directory = directory;
    this.#uses = uses.filter(({ fact }) => !fact.startsWith("parameter.") && !fact.startsWith("time."));
    this.#title = (use) => factInWords(use, wording);
    this.#inputs = this.#uses.map((use) => inputOf(use, ruleset, wording));
    this.#date = today(directory, request.now);
    this.#money = new MoneySums(ruleset.table);
  }

  add(id: string, before: Said | null, after: Said, read: FactReader): void {
    const from = before ? this.#place(before.outcome.key, before.outcome) : this.#place("unpublished", UNPUBLISHED);
    const to = this.#place(after.outcome.key, after.outcome);
    const key = `${from} ${to}`;
    const move = this.#moves.get(key) ?? { from, to, people: 0 };
    move.people += 1;
    this.#moves.set(key, move);
    this.#money.add(before?.decision.winner?.event ?? null, after.decision.winner?.event ?? null);
    if (after.outcome.kind === "not-evaluated") {
      for (const title of new Set(after.decision.missing.map(this.#title)))
        this.#missing.set(title, (this.#missing.get(title) ?? 0) + 1);
    }
    if (from === to) return;
    this.#changed += 1;
    if (this.#people.length >= MOST_TOLD) return;
    const unit = this.#directory.unitOf(id, this.#date);
    this.#people.push({
      id,
      name: this.#directory.nameOf(id),
      unit: unit === undefined ? null : (this.#directory.unit(unit)?.title ?? unit),
      from,
      to,
      fromRule: before?.decision.winner?.rule ?? null,
      toRule: after.decision.winner?.rule ?? null,
      values: this.#uses.map((use) => readValue(use, read)),
    });
  }

  view(): Omit<ImpactView, "closed" | "looked" | "tookMs"> {
    return {
      since: this.#request.before?.version ?? null,
      period: this.#request.period,
      changed: this.#changed,
      outcomes: [...this.#outcomes.values()].map(({ view }) => view),
      moves: [...this.#moves.values()].sort((a, b) => b.people - a.people),
      inputs: this.#inputs,
      people: this.#people.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
      money: this.#money.view(),
      missing: [...this.#missing].map(([fact, people]) => ({ fact, people })).sort((a, b) => b.people - a.people),
    };
  }

  #place(key: string, { label, kind }: OutcomeView): number {
    const known = this.#outcomes.get(key);
    if (known) return known.at;
    const made = { at: this.#outcomes.size, view: { label, kind } };
    this.#outcomes.set(key, made);
    return made.at;
  }
}

function readValue({ fact, params, path }: FactUse, read: FactReader): Json {
  const whole = read(fact, params);
  const value = path && whole !== undefined && whole !== null ? compilePath(path).read(whole) : whole;
  return value === undefined ? null : (value as Json);
}
