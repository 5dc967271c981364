import { expect, it } from "vitest";
import { apportion, roundTo, settle } from "#engine/incentive/rounding.ts";
import { Decimal } from "#engine/words/decimal.ts";

const decimals = (...values: (number | string)[]) => values.map((value) => new Decimal(value));
const numbers = (values: Decimal[]) => values.map((value) => value.toNumber());

it("gives what is left over to the largest remainders, the earlier first where they are equal", () => {
  expect(numbers(settle(new Decimal(10), decimals("2.2", "3.7", "4.1")))).toEqual([2, 4, 4]);
  expect(numbers(settle(new Decimal(7), decimals("2.5", "2.5", "2.5")))).toEqual([3, 2, 2]);
  expect(numbers(settle(new Decimal(-1), decimals("-2.5", "1.5")))).toEqual([-2, 1]);
});

it("IN7: shares a pool out by weights", () => {
  expect(numbers(apportion(new Decimal(100), decimals(1, 1, 1)))).toEqual([34, 33, 33]);
  expect(numbers(apportion(new Decimal(100), decimals(2, 0, "0.5")))).toEqual([80, 0, 20]);
  expect(numbers(apportion(new Decimal(100), decimals(0, 0)))).toEqual([0, 0]);
});

it("IN18: rounds half a cent by the policy, and a third of three to one", () => {
  const half = new Decimal("2.5");
  expect([roundTo(half, "half-even"), roundTo(half, "half-up"), roundTo(half, "down")].map(Number)).toEqual([2, 3, 2]);
  const threeThirds = new Decimal(1).dividedBy(3).times(3);
  expect(roundTo(threeThirds, "down").toNumber()).toBe(1);
});
