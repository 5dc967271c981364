import { expect, it } from "vitest";
import { timeZones } from "../../../studio/text/time-zones.ts";

it("a zone under either of its names is known; what is no zone is not", () => {
  const names = (written: unknown) => timeZones(written).map(({ value }) => value);
  expect(names("Asia/Kolkata")).toContain("Asia/Kolkata");
  expect(names("Asia/Calcutta")).toContain("Asia/Calcutta");
  expect(names("Asia/Nowhere")).not.toContain("Asia/Nowhere");
  expect(names(undefined)).toEqual(Intl.supportedValuesOf("timeZone"));
});
