import { describe, expect, it } from "vitest";
import { addressOf } from "../../../studio/api/address.ts";

describe("the address of a route", () => {
  it("fills in parameters, safely", () => {
    expect(addressOf({ path: "/api/people/{id}" }, { params: { id: "a/b ü?" } })).toBe("/api/people/a%2Fb%20%C3%BC%3F");
  });
  it("leaves out what is not asked: nothing, empty text, and a flag that is off", () => {
    const query = { q: "", unit: undefined, late: false, limit: 0, period: "2026-Q1" };
    expect(addressOf({ path: "/api/cases" }, { query })).toBe("/api/cases?limit=0&period=2026-Q1");
  });
  it("says which parameter is missing instead of asking for a wrong place", () => {
    expect(() => addressOf({ path: "/api/cases/{id}" }, { params: { id: "" } })).toThrow('needs "id"');
  });
});
