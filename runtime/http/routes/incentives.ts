import { auditRead } from "../../access/audit-read.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";
import { Refused } from "../../commands/refused.ts";
import { runPlan } from "../../commands/run-plan.ts";
import { tryPlan } from "../../commands/try-plan.ts";
import { payoutRowsView, payoutRunsView, payoutRunView } from "../../payouts/run-view.ts";
import { statementView } from "../../payouts/statement-view.ts";
import { gateWhyNot } from "../../projections/gate-why-not.ts";
import { briefOf } from "../../projections/me-view.ts";
import { statementsOf } from "../../store/statements-read.ts";
import { positionCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";

/** Incentive plans: runs, who gets what, and statements that explain themselves. */
export const incentives: HandlersOf<
  "payoutRuns" | "runPlan" | "payoutRun" | "payoutRows" | "statement" | "gateWhyNot" | "tryPlan" | "myStatements"
> = {
  payoutRuns: async ({ query }, { runtime, reader }) => {
    reader.policy.require("incentives");
    return { items: await payoutRunsView(runtime.db, query.plan) };
  },

  runPlan: ({ params, body }, { runtime, reader, key }) => {
    reader.policy.require("incentives");
    return runPlan(runtime, reader, {
      plan: params.id,
      period: body.period,
      ...(body.unit ? { unit: body.unit } : {}),
      ...((body.key ?? key) === undefined ? {} : { key: body.key ?? key }),
    });
  },

  payoutRun: async ({ params }, { runtime, reader }) => {
    reader.policy.require("incentives");
    const run = await payoutRunView(runtime.db, params.id);
    if (!run) throw new Refused("not-found", "There is no such run.");
    return run;
  },

  // Managers see the rows of those whose pay is open to them; who runs plans sees all.
  payoutRows: async ({ params, query }, { runtime, reader }) => {
    const cursor = positionCursor(query.cursor);
    const visible = payees(reader.policy);
    const page = await payoutRowsView(runtime.db, params.id, {
      on: reader.policy.date,
      limit: query.limit ?? 100,
      ...(query.q ? { q: query.q } : {}),
      ...(query.unit ? { unit: query.unit } : {}),
      ...(cursor ? { cursor } : {}),
      ...(visible ? { visible } : {}),
    });
    if (page.items.some(({ person }) => person.id !== reader.personId)) {
      const words = "looked at the payouts of a run";
      await auditRead(runtime, reader, { what: "payouts.read", words, person: null, of: params.id });
    }
    return page;
  },

  statement: async ({ params }, { runtime, reader }) => {
    requirePay(reader.policy, params.person);
    const statement = await statementView(runtime.db, params.id, params.person);
    if (!statement) throw new Refused("not-found", "This run has no statement for this person.");
    const { id: run, person } = params;
    await auditRead(runtime, reader, {
      what: "statement.read",
      words: `looked at a statement of ${person}`,
      person,
      of: run,
    });
    return statement;
  },

  gateWhyNot: async ({ params, query }, { runtime, reader }) => {
    requirePay(reader.policy, params.person);
    const { id: of, person } = params;
    const words = `asked why ${person} did not get a part of a payout`;
    await auditRead(runtime, reader, { what: "statement.read", words, person, of });
    return gateWhyNot(runtime.db, { run: params.id, person: params.person, component: query.component });
  },

  tryPlan: async ({ body }, { runtime, reader }) => {
    if (!reader.policy.may("design") && !reader.policy.may("incentives")) reader.policy.require("incentives");
    const { person } = body;
    requirePay(reader.policy, person);
    await auditRead(runtime, reader, { what: "payout.tried", words: `computed what ${person} would get`, person });
    return tryPlan(runtime, body);
  },

  myStatements: async (_, { runtime, reader }) => {
    if (reader.personId === null) return { items: [] };
    const directory = await runtime.organisation.directory();
    const person = briefOf(directory, reader.personId);
    const rows = await statementsOf(runtime.db, reader.personId);
    return {
      // What could not be evaluated has no amount, hence no line in this list; its statement says why.
      items: rows.flatMap(({ run, plan, period, currency, totalMinor }) => {
        const title = runtime.catalogue.live.find("plan", plan)?.title ?? plan;
        return totalMinor === null ? [] : [{ run, plan, title, period, currency, totalMinor, person }];
      }),
    };
  },
};

/** The people whose amounts are open to the reader; undefined: everyone's. */
function payees(policy: Policy): string[] | undefined {
  if (policy.may("incentives") || policy.people() === "all") return policy.may("incentives") ? undefined : seen(policy);
  return seen(policy);
}

function seen(policy: Policy): string[] {
  const people = policy.people();
  const ids = people === "all" ? policy.directory.people().map(({ id }) => id) : [...people];
  return ids.filter((person) => policy.seesPay(person));
}

function requirePay(policy: Policy, person: string): void {
  if (policy.may("incentives") || policy.seesPay(person)) return;
  throw new Forbidden("This person's pay is not open to you. Being sent its address does not open it.", {
    kind: "statement",
    id: person,
  });
}
