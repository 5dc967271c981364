import { Engine, type RuleProperties } from "json-rules-engine";
import { type CompileRulesOptions, compileRules } from "#engine/rules/compile.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { evaluateTable } from "#engine/rules/table-evaluate.ts";
import type { Figure } from "./figure.ts";
import { analysisTime } from "./rule-analysis.ts";
import { benchFacts, benchRules } from "./rules-data.ts";

const FACTS = benchFacts(256);
const factsAt = (at: number) => FACTS[at & 255] as Record<string, unknown>;

/** Milliseconds that this thread has computed: what else the machine does, and its compiling beside us, is not counted. */
function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

type Clock = () => number;
const wall: Clock = () => performance.now();

/** Calls a second, the best of three rounds after a warm-up. */
function rate(run: (at: number) => unknown, clock: Clock = computed, milliseconds = 250): number {
  let sink = 0;
  const round = (length: number) => {
    const started = clock();
    let done = 0;
    let passed = 0;
    for (let step = 1; passed < length; step = Math.min(step * 2, 4096)) {
      for (let at = 0; at < step; at++) if (run(done++)) sink++;
      passed = clock() - started;
    }
    return (done / passed) * 1000;
  };
  round(milliseconds);
  const best = Math.max(round(milliseconds), round(milliseconds), round(milliseconds));
  return sink === -1 ? 0 : best;
}

async function rateOf(run: (at: number) => Promise<unknown>, clock: Clock = computed): Promise<number> {
  const round = async () => {
    const started = clock();
    let done = 0;
    while (clock() - started < 400) await run(done++);
    return (done / (clock() - started)) * 1000;
  };
  await round();
  return Math.max(await round(), await round());
}

const figure = (name: string, ours: number, theirs: number, unit = "evaluations/s"): Figure => ({
  bench: "rules",
  name,
  ours: Math.round(ours),
  theirs: Math.round(theirs),
  ratio: Number((ours / theirs).toFixed(2)),
  unit,
});

/** Throws unless both engines give the same results for all facts of the run. */
async function proveSame(count: number): Promise<void> {
  const rules = benchRules(count);
  const run = compileRules(rules);
  // The library takes a second for one set of facts by 10,000 rules.
  for (const facts of FACTS.slice(0, count > 1000 ? 2 : 32)) {
    const ours = run(facts).results.map(({ name, result }) => `${name} ${result}`);
    const theirs = (await evaluateRules(rules, facts)).results.map(({ name, result }) => `${name} ${result}`);
    if (ours.join() !== theirs.join()) throw new Error("the two engines disagree on the rules of the speed figures");
  }
}

async function againstLibrary(count: number): Promise<Figure[]> {
  await proveSame(count);
  const rules = benchRules(count);
  const engine = new Engine(rules as unknown as RuleProperties[]);
  const theirs = await rateOf((at) => engine.run(factsAt(at)));
  const ours = (options: CompileRulesOptions) => {
    const run = compileRules(rules, options);
    return rate((at) => run(factsAt(at)).events.length > 0);
  };
  const figures = [
    figure(`${count} rules, results built, against json-rules-engine`, ours({}), theirs),
    figure(`${count} rules, with a full trace, against json-rules-engine`, ours({ trace: true }), theirs),
  ];
  if (count === 10)
    figures.push(
      figure(
        `${count} rules, closures where source is forbidden, against json-rules-engine`,
        ours({ using: "closures" }),
        theirs,
      ),
    );
  return figures;
}

/** The first rule of the set, written by hand: what no rule engine can beat. */
function byHand(): Figure {
  const [rule] = benchRules(1);
  const run = compileRules([rule]);
  const results = { name: rule?.name, priority: 1, result: true, event: rule?.event };
  const hand = (facts: Record<string, unknown>) => {
    const employee = facts.employee as { rating: number };
    const holds =
      (facts.attainment as number) >= 0.5 &&
      facts.department === "sales" &&
      !(employee.rating > 0 || (facts.complaints as number) < 3);
    return holds
      ? { events: [rule?.event], failureEvents: [], results: [{ ...results }] }
      : { events: [], failureEvents: [rule?.event], results: [{ ...results, result: false }] };
  };
  for (const facts of FACTS) {
    if (hand(facts).events.length !== run(facts).events.length) throw new Error("the rule by hand disagrees");
  }
  return figure(
    "1 rule, against a function written by hand",
    rate((at) => run(factsAt(at)).events.length > 0),
    rate((at) => hand(factsAt(at)).events.length > 0),
  );
}

const REGIONS = ["north", "south", "east", "west"];

/** A commission table: a product in a region, from an attainment on. */
export function benchTable(rows: number): DecisionTable {
  return {
    hitPolicy: "first",
    columns: [
      { fact: "product", type: "text" },
      { fact: "region", type: "choice", of: REGIONS },
      { fact: "attainment", type: "percent" },
    ],
    outputs: [{ name: "rate" }],
    rows: Array.from({ length: rows }, (_, at) => ({
      cells: [`p${Math.floor(at / 12)}`, REGIONS[Math.floor(at / 3) % 4] as string, `>= ${[120, 100, 80][at % 3]}%`],
      out: [at],
    })),
  };
}

function tables(): Figure[] {
  const ask = (rows: number) => {
    const table = benchTable(rows);
    const inputs = Array.from({ length: 256 }, (_, at) => ({
      product: `p${Math.floor(((at * 7919) % rows) / 12)}`,
      region: REGIONS[at % 4],
      attainment: 0.7 + (at % 7) / 10,
    }));
    const started = performance.now();
    evaluateTable(table, inputs[0] as Record<string, unknown>);
    const compile = performance.now() - started;
    return {
      compile,
      rate: rate((at) => evaluateTable(table, inputs[at & 255] as Record<string, unknown>).matched.length > 0),
    };
  };
  const [small, large] = [ask(100), ask(10_000)];
  return [
    figure("first-hit table, 10,000 rows against 100 rows (1 is equally fast, 0.2 the limit)", large.rate, small.rate),
    figure("first-hit table, time to compile, 10,000 rows against 100 rows", large.compile, small.compile, "ms"),
  ];
}

async function compileTime(): Promise<Figure[]> {
  const time = (run: () => unknown) => {
    const started = performance.now();
    run();
    return performance.now() - started;
  };
  return [10, 1000, 10_000].map((count) => {
    const rules = benchRules(count);
    const ours = Math.min(...[1, 2, 3].map(() => time(() => compileRules(rules))));
    const theirs = Math.min(...[1, 2, 3].map(() => time(() => new Engine(rules as unknown as RuleProperties[]))));
    return {
      ...figure(`${count} rules, time to compile, against json-rules-engine's constructor`, 1, 1, "ms"),
      ours: Number(ours.toFixed(2)),
      theirs: Number(theirs.toFixed(2)),
      ratio: Number((theirs / ours).toFixed(2)),
    };
  });
}

interface ZenDecision {
  evaluate: (facts: unknown) => Promise<unknown>;
}
interface Zen {
  ZenEngine: new () => { createDecision: (content: unknown) => ZenDecision };
}

/** ZEN evaluates the same ten rules as a table of expressions, 64 in flight on threads of its own, so the wall's clock counts; left out, and said so, where it is not installed. */
async function againstZen(): Promise<Figure[]> {
  const name = "@gorules/zen-engine";
  const zen = await import(name).catch(() => undefined);
  if (!zen) {
    console.error("rules: @gorules/zen-engine is not installed, its figure is left out");
    return [];
  }
  const rules = benchRules(10);
  const rows = rules.map((rule, at) => ({
    _id: `r${at}`,
    c: expression(rule.conditions),
    o: JSON.stringify(rule.event.type),
  }));
  const table = {
    hitPolicy: "collect",
    inputs: [{ id: "c", name: "when", type: "expression" }],
    outputs: [{ id: "o", field: "event", name: "event", type: "expression" }],
    rules: rows,
  };
  const nodes = [
    { id: "in", type: "inputNode", name: "in", position: { x: 0, y: 0 } },
    { id: "t", type: "decisionTableNode", name: "t", position: { x: 1, y: 0 }, content: table },
    { id: "out", type: "outputNode", name: "out", position: { x: 2, y: 0 } },
  ];
  const edges = [
    { id: "e1", type: "edge", sourceId: "in", targetId: "t" },
    { id: "e2", type: "edge", sourceId: "t", targetId: "out" },
  ];
  const decision = new (zen as Zen).ZenEngine().createDecision({ nodes, edges });
  const inFlight = 64;
  const theirs =
    inFlight *
    (await rateOf(
      (at) =>
        Promise.all(Array.from({ length: inFlight }, (_, one) => decision.evaluate(factsAt(at * inFlight + one)))),
      wall,
    ));
  const run = compileRules(rules);
  return [
    figure(
      "10 rules, against @gorules/zen-engine, 64 in flight",
      rate((at) => run(factsAt(at)).events.length > 0, wall),
      theirs,
    ),
  ];
}

const SIGNS: Record<string, string> = {
  greaterThan: ">",
  greaterThanInclusive: ">=",
  lessThan: "<",
  lessThanInclusive: "<=",
};

/** A condition of the speed figures in ZEN's expression language. */
function expression(condition: Record<string, unknown>): string {
  if (Array.isArray(condition.all)) return `(${condition.all.map(expression).join(" and ")})`;
  if (Array.isArray(condition.any)) return `(${condition.any.map(expression).join(" or ")})`;
  if (condition.not) return `not(${expression(condition.not as Record<string, unknown>)})`;
  const path = typeof condition.path === "string" ? condition.path.slice(1) : "";
  const sign = SIGNS[String(condition.operator)] ?? String(condition.operator);
  return `${condition.fact}${path} ${sign} ${JSON.stringify(condition.value)}`;
}

/** The figures of rule evaluation: `npm run bench -- rules`. */
export async function bench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of [1, 10, 100, 1000, 10_000]) figures.push(...(await againstLibrary(count)));
  return [...figures, byHand(), ...(await againstZen()), ...tables(), ...(await compileTime()), ...analysisTime()];
}
