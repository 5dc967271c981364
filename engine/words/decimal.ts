import { Decimal as DecimalJs } from "decimal.js";
import { z } from "zod";

/** A decimal written as text, exact: `"0.7"`, `"-12.50"`. Rates, weights, factors and money amounts in documents. */
export const DecimalText = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'write a decimal as text, e.g. "0.7"')
  .meta({ id: "DecimalText", description: "an exact decimal as text" });
export type DecimalText = z.infer<typeof DecimalText>;

/** Exact decimal arithmetic: 40 significant digits, half-even, no exponent in the text of ordinary numbers. */
export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -30,
  toExpPos: 40,
});
export type Decimal = DecimalJs;
