import type { StatementView } from "#engine/contract/views/incentives.ts";
import type { GivenFact, MeasureResult, PayoutInputs } from "#engine/incentive/inputs.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { recomputePayout } from "#engine/incentive/recompute.ts";
import { lineInWords, statementInWords } from "#engine/incentive/statement.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database } from "../db/client.ts";
import { readVersions } from "../store/definitions-read.ts";
import { readStoredPayout, type StoredPayout } from "../store/payout-rows.ts";
import { readPayoutRun } from "../store/payout-runs.ts";

/** What a statement is told with. */
export interface StatementFrame {
  run: string | null;
  plan: PlanDocument;
  version: number | null;
  /** Titles of metrics, rule sets and units by id. */
  titles: Readonly<Record<string, string>>;
  /** Rule sets of its modifiers, by the versions that ran; of a trial those that are live. */
  rulesets: StatementView["rulesets"];
  /** The payee's job title. */
  jobTitle: string | null;
}

/** A person's statement of a run, recomputed from the stored trace; undefined where the run has none for them. */
export async function statementView(db: Database, runId: string, person: string): Promise<StatementView | undefined> {
  const found = await storedStatement(db, runId, person);
  return found && toStatement(found.stored, found.frame);
}

/** What a run stored for a person, with the version of the plan that it ran; undefined where the run has none for them. */
export async function storedStatement(
  db: Database,
  runId: string,
  person: string,
): Promise<{ stored: StoredPayout; frame: StatementFrame } | undefined> {
  const run = await readPayoutRun(db, runId);
  const stored = run && (await readStoredPayout(db, runId, person));
  if (!run || !stored) return undefined;
  const versions = await readVersions(db, [{ kind: "plan", id: run.plan, version: run.version }, ...run.uses]);
  const plan = versions.find(({ document }) => document.kind === "plan")?.document;
  if (plan?.kind !== "plan") throw new Error(`version ${run.version} of the plan ${run.plan} is not in the database`);
  const [profiles, units] = await db.readMany<{ id: string; title: string | null }>([
    {
      sql: "SELECT person AS id, title FROM profiles WHERE person = ? AND superseded_at IS NULL LIMIT 1",
      args: [person],
    },
    {
      sql: `SELECT u.id, u.title FROM json_each(?) AS j CROSS JOIN units AS u ON u.id = j.value
            WHERE u.superseded_at IS NULL ORDER BY u.valid_from`,
      args: [JSON.stringify(unitsNamed(stored.inputs))],
    },
  ]);
  const frame = {
    run: run.id,
    plan,
    version: run.version,
    rulesets: versions.flatMap(({ kind, id, version, document }) =>
      kind === "ruleset" ? [{ id, title: document.title, version }] : [],
    ),
    titles: {
      ...Object.fromEntries((units ?? []).map(({ id, title }) => [id, title ?? id])),
      ...Object.fromEntries(versions.map(({ id, document }) => [id, document.title])),
    },
    jobTitle: profiles?.[0]?.title ?? null,
  };
  return { stored, frame };
}

/** The units whose figures went into a payout. */
function unitsNamed({ results, facts }: PayoutInputs): string[] {
  const teams = Object.values(results ?? {}).flatMap((result) =>
    (result?.parts ?? []).flatMap(({ team, figuresOf }) => [team, ...(figuresOf ? [figuresOf] : [])]),
  );
  const given: readonly GivenFact[] = Array.isArray(facts) ? facts : [];
  return [...teams, ...given.flatMap(({ params }) => (typeof params?.of === "string" ? [params.of] : []))];
}

/** A payout, stored or just tried, as a statement: sentences, lines with their traces, sources, and the proof. */
export function toStatement(stored: Omit<StoredPayout, "region" | "unit">, frame: StatementFrame): StatementView {
  const { payout, delta } = stored;
  const words = { titles: frame.titles };
  const { totalMinor, differences } = recomputePayout(payout);
  return {
    run: frame.run,
    plan: { id: payout.plan.id, title: payout.plan.title, version: frame.version },
    rulesets: frame.rulesets,
    person: { id: payout.payee.id, name: payout.payee.name ?? payout.payee.id, title: frame.jobTitle },
    period: payout.period.id,
    currency: payout.currency,
    status: payout.status,
    totalMinor: payout.totalMinor,
    heldMinor: payout.heldMinor,
    payableMinor: payout.payableMinor,
    words: statementInWords(payout, words),
    lines: payout.lines.map((line) => ({
      component: line.component,
      title: line.title,
      amountMinor: line.amountMinor,
      words: lineInWords(payout, line, words),
      trace: line.trace as unknown as Json,
    })),
    payout: payout as unknown as Json,
    recomputedMinor: totalMinor,
    differences,
    delta: delta && {
      oldMinor: delta.oldMinor,
      newMinor: delta.newMinor,
      deltaMinor: delta.deltaMinor,
      cause: [...delta.cause, ...delta.lines.flatMap(({ title, cause }) => cause.map((one) => `${title}: ${one}`))],
    },
    sources: sourcesOf(stored, frame),
  };
}

type Source = StatementView["sources"][number];

/** Where the figures come from: each measure (of a team: each team), and each metric that a gate or modifier read. */
function sourcesOf({ inputs }: Omit<StoredPayout, "region" | "unit">, { plan, titles }: StatementFrame): Source[] {
  const title = (id: string) => titles[id] ?? id;
  const measured = (plan.components ?? []).flatMap(({ id, measure }): Source[] => {
    const result = inputs.results?.[id];
    const of = (level: Pick<MeasureResult, "actual" | "target" | "attainment">, more: string): Source => ({
      measure,
      title: `${title(measure)}${more}`,
      period: inputs.period.id,
      value: text(level.actual ?? level.attainment),
      target: text(level.target),
      asOf: text(result?.asOf),
      state: result?.state ?? (text(level.actual ?? level.attainment) === null ? "missing" : "given"),
    });
    if (!result?.parts) return [of(result ?? {}, "")];
    return result.parts.map((part) =>
      of(part, `, ${title(part.team)}${part.figuresOf ? ` (figures of ${title(part.figuresOf)})` : ""}`),
    );
  });
  const given: readonly GivenFact[] = Array.isArray(inputs.facts) ? inputs.facts : [];
  const read = given.flatMap(({ fact, params, value }): Source[] => {
    if (fact !== "metric" || typeof params?.id !== "string" || !isRecord(value)) return [];
    const of = typeof params.of === "string" && params.of !== inputs.payee.id ? `, ${title(params.of)}` : "";
    return [
      {
        measure: params.id,
        title: `${title(params.id)}${of}`,
        period: typeof params.window === "string" ? params.window : inputs.period.id,
        value: text(value.value ?? value.attainment),
        target: text(value.target),
        asOf: text(value.asOf),
        state: value.stale === true ? "stale" : (text(value.state) ?? "missing"),
      },
    ];
  });
  return [...measured, ...read];
}

const isRecord = (value: Json): value is Record<string, Json> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const text = (value: Json | undefined): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null;
