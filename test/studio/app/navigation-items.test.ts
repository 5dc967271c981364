import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NAVIGATION, navigationFor } from "../../../studio/app/navigation-items.ts";

const titles = (may: string[]) => navigationFor(may).flatMap((group) => group.items.map((item) => item.title));

describe("the navigation", () => {
  it("offers a reader without roles only what everybody has", () => {
    expect(titles([])).toEqual(["Home", "Inbox", "Cases", "People", "Metrics", "Payouts"]);
  });
  it("offers designers and admins theirs", () => {
    expect(titles(["design"])).toContain("Review cycles");
    expect(titles(["design"])).not.toContain("Parameters");
    expect(titles(["administer"])).toEqual(
      expect.arrayContaining(["Parameters", "Imports", "Operations", "System", "Access"]),
    );
  });
  it("leads only to pages that exist", () => {
    const source = readFileSync(new URL("../../../studio/app/routes.tsx", import.meta.url), "utf8");
    const paths = [...source.matchAll(/path: "(\/[^"]*)"/g)].map(
      (match) => new RegExp(`^${match[1]!.replace(/:\w+/g, "[^/]+")}$`),
    );
    const lost = NAVIGATION.flatMap((group) => group.items).filter((item) => !paths.some((path) => path.test(item.to)));
    expect(lost).toEqual([]);
  });
});
