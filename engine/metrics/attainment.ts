import { Decimal } from "../words/decimal.ts";
import type { Direction } from "./metric-rules.ts";

type Numeric = Decimal | string | number;

/**
 * Attainment: 1 is on target, and what is over is kept (1.3 stays 1.3; a plan caps, a metric does not).
 *
 * - `higher`: actual / target, written 1 + (actual - target) / |target| so that a target below zero (a loss) works.
 * - `lower`: the mirror of it, 1 - (actual - target) / |target|: half the target is 1.5, twice the target is 0.
 * - `band`: 1 - |actual - target| / |target|: only the target itself is 1.
 *
 * Undefined for a target of zero, which nothing can be a share of; except that of a thing to avoid (`lower`), none at all is
 * on target (1) and any is not (0).
 */
export function attainment(actual: Numeric, target: Numeric, direction: Direction): Decimal | undefined {
  const [is, should] = [new Decimal(actual), new Decimal(target)];
  if (should.isZero()) {
    if (direction !== "lower") return undefined;
    return new Decimal(is.lessThanOrEqualTo(0) ? 1 : 0);
  }
  const away = is.minus(should).dividedBy(should.abs());
  switch (direction) {
    case "higher":
      return away.plus(1);
    case "lower":
      return new Decimal(1).minus(away);
    case "band":
      return new Decimal(1).minus(away.abs());
  }
}
