import type { ImpactView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { RuleEvent } from "#engine/rules/plan.ts";
import { spell } from "#engine/rules/words.ts";
import { Decimal } from "#engine/words/decimal.ts";

interface Sum {
  name: string;
  title: string;
  unit: string | null;
  before: Decimal;
  after: Decimal;
}

/** What a table's answers of money add up to over everybody, before and after: the cost of a change, in major units. */
export class MoneySums {
  readonly #sums: Sum[];

  constructor(table: Ruleset["table"]) {
    this.#sums = (table?.outputs ?? [])
      .filter(({ type }) => type === "money")
      .map(({ name, title, unit }) => ({
        name,
        title: title ?? spell(name),
        unit: unit ?? null,
        before: new Decimal(0),
        after: new Decimal(0),
      }));
  }

  add(before: RuleEvent | null, after: RuleEvent | null): void {
    for (const sum of this.#sums) {
      sum.before = sum.before.plus(amountIn(before, sum.name));
      sum.after = sum.after.plus(amountIn(after, sum.name));
    }
  }

  view(): ImpactView["money"] {
    return this.#sums.map(({ title, unit, before, after }) => ({
      title,
      unit,
      before: before.toFixed(),
      after: after.toFixed(),
      difference: after.minus(before).toFixed(),
    }));
  }
}

/** Numbers, and lists of them, as "all rows that fit" answers; whatever else is no amount. */
function amountIn(event: RuleEvent | null, name: string): Decimal {
  const params = (event?.params ?? {}) as Record<string, unknown>;
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  const amounts = (Array.isArray(value) ? value : [value]).filter((one): one is number => typeof one === "number");
  return amounts.reduce((sum, one) => sum.plus(one), new Decimal(0));
}
