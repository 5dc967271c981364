import { casesOfPeople } from "../store/people-cases.ts";
import { type EffectHandler, settle } from "./effect.ts";
import { tellCases } from "./tell-case.ts";

/** People who have moved, or left, from a date that has come. */
export interface FollowPayload {
  people: string[];
  reason: string;
}

/** People whose cases are looked up together. */
const PEOPLE = 500;

/**
 * Tells every open case that people who moved have to do with: their own, and those in which they have a task. Each looks at
 * its open tasks again, as its workflow's `onMove` says. Done twice it changes nothing: a case in which nobody changes refuses,
 * and keeps its journal.
 */
export const followEffect: EffectHandler = {
  kind: "follow",
  outside: false,
  async run(runtime, row) {
    const { people, reason } = row.payload as FollowPayload;
    for (let at = 0; at < people.length; at += PEOPLE) {
      const cases = await casesOfPeople(runtime.db, people.slice(at, at + PEOPLE));
      await tellCases(runtime, cases, { type: "follow", reason, by: null });
    }
    await settle(runtime, row);
  },
};
