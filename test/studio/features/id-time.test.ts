import { v4, v7 } from "uuid";
import { expect, it } from "vitest";
import { idTime } from "../../../studio/features/imports/id-time.ts";

it("reads the instant that a UUIDv7 carries, and none from another id", () => {
  expect(idTime(v7({ msecs: 1_772_000_000_123 }))).toBe(1_772_000_000_123);
  expect(idTime(v4())).toBeNull();
  expect(idTime("import-1")).toBeNull();
});
