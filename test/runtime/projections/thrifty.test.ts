import { expect, it } from "vitest";
import { Thrifty } from "../../../runtime/projections/thrifty.ts";

const waiting = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("keeps what was costly for each who asked, and asks again for what was not", async () => {
  const [ana, ben] = [{}, {}];
  const thrifty = new Thrifty<object, number>();
  let asked = 0;
  const find = (ms: number) => async () => {
    await waiting(ms);
    return ++asked;
  };
  expect([await thrifty.ask(ana, 0, find(0)), await thrifty.ask(ana, 0, find(0))]).toEqual([1, 2]);
  const together = [thrifty.ask(ana, 0, find(60)), thrifty.ask(ana, 0, find(60))];
  expect(await Promise.all(together)).toEqual([3, 3]);
  expect(await thrifty.ask(ana, 0, find(60))).toBe(3);
  expect(await thrifty.ask(ben, 0, find(60))).toBe(4);
  await expect(thrifty.ask({}, 0, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

it("asks again once the clock has moved on, whatever it cost", async () => {
  const ana = {};
  const thrifty = new Thrifty<object, string>();
  const find = (answer: string) => async () => {
    await waiting(60);
    return answer;
  };
  const early = thrifty.ask(ana, 0, find("in January"));
  expect(await thrifty.ask(ana, 86_400_000, find("a day later"))).toBe("a day later");
  expect(await early).toBe("in January");
  expect(await thrifty.ask(ana, 86_400_000, find("again"))).toBe("a day later");
});
