/** What an operator of an expression does with its arguments, which are evaluated before. */
export interface Operator {
  least: number;
  most: number;
  apply(args: readonly unknown[]): unknown;
}

type Two = (a: never, b: never) => unknown;
const two = (apply: Two): Operator => ({ least: 2, most: 2, apply: ([a, b]) => apply(a as never, b as never) });
const one = (apply: (a: unknown) => unknown): Operator => ({ least: 1, most: 1, apply: ([a]) => apply(a) });
const folded = (apply: Two): Operator => ({
  least: 2,
  most: 64,
  apply: (args) => args.reduce((a, b) => apply(a as never, b as never)),
});

/**
 * The operators of expressions, with the meaning that ECMAScript gives them (the data model of the SCXML suites): `==` converts
 * and `===` does not, `+` joins texts. `&&`, `||` and `?:` stand in `expression.ts`, which leaves out what need not be asked.
 */
export const OPERATORS: Readonly<Record<string, Operator>> = Object.assign(Object.create(null), {
  "+": { least: 1, most: 64, apply: (args) => (args.length === 1 ? Number(args[0]) : args.reduce(plus)) },
  "-": {
    least: 1,
    most: 64,
    apply: (args) => (args.length === 1 ? -Number(args[0]) : args.reduce((a, b) => Number(a) - Number(b))),
  },
  "*": folded((a, b) => a * b),
  "/": folded((a, b) => a / b),
  "%": two((a, b) => a % b),
  "**": two((a, b) => a ** b),
  "==": two((a, b) => looselyEqual(a, b)),
  "!=": two((a, b) => !looselyEqual(a, b)),
  "===": two((a, b) => a === b),
  "!==": two((a, b) => a !== b),
  "<": two((a, b) => a < b),
  "<=": two((a, b) => a <= b),
  ">": two((a, b) => a > b),
  ">=": two((a, b) => a >= b),
  "&": two((a, b) => a & b),
  "|": two((a, b) => a | b),
  "^": two((a, b) => a ^ b),
  "<<": two((a, b) => a << b),
  ">>": two((a, b) => a >> b),
  ">>>": two((a, b) => a >>> b),
  "~": one((a) => ~Number(a)),
  in: two((a, b) => typeof b === "object" && b !== null && Object.hasOwn(b, a)),
  "!": one((a) => !a),
  not: one((a) => !a),
  neg: one((a) => -Number(a)),
  typeof: one((a) => typeof a),
  length: one((a) => (typeof a === "string" || Array.isArray(a) ? a.length : undefined)),
  "[]": two((a, b) => member(a, b)),
  ".": two((a, b) => member(a, b)),
  ...Object.fromEntries(
    (["abs", "ceil", "floor", "round", "sign", "sqrt", "trunc"] as const).map((name) => [
      `Math.${name}`,
      one((a) => Math[name](Number(a))),
    ]),
  ),
  "Math.pow": two((a, b) => a ** b),
  "Math.min": { least: 0, most: 64, apply: (args) => Math.min(...args.map(Number)) },
  "Math.max": { least: 0, most: 64, apply: (args) => Math.max(...args.map(Number)) },
} satisfies Record<string, Operator>);

const plus = (a: unknown, b: unknown): unknown => (a as number) + (b as number);

function looselyEqual(a: unknown, b: unknown): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: the machine's author wrote `==`, which converts.
  return a == b;
}

/** A member of a value by its own name or position: what it inherits (`__proto__`, `constructor`) is not there. */
export function member(value: unknown, name: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  const key = String(name);
  if (typeof value === "string") return key === "length" ? value.length : value[Number(key)];
  return typeof value === "object" && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
