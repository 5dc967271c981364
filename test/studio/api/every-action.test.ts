import { describe, expect, it } from "vitest";
import { routes } from "#engine/contract/routes.ts";
import { repositoryFiles, sourceFile } from "../../support/source-files.ts";

const sources = repositoryFiles()
  .filter((path) => /^studio\/.*\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
  .map(sourceFile);

/** Beside the contract: sign-in (better-auth's own), live events, and files that a browser downloads by a link. */
const BESIDE = [/^\/api\/auth\//, /^\/api\/events$/, /^\/api\/exports\//];

describe("IG3: every action of the studio has an API", () => {
  it("asks the server in three files only, and each of them by a route of the contract or one that stands beside it", () => {
    const asking = sources.filter(({ code }) => /\bfetch\(|new EventSource\(|XMLHttpRequest|sendBeacon\(/.test(code));
    expect(asking.map(({ path }) => path).sort()).toEqual([
      "studio/api/call.ts",
      "studio/api/live.ts",
      "studio/api/sign-in.ts",
    ]);
  });

  it("names no address under /api that is not in the contract", () => {
    const known = new Set<string>(Object.values(routes).map(({ path }) => path));
    const strange = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/["'`](\/api\/[^"'`?$]*)/g)]
        .map((match) => match[1]!)
        .filter((address) => !known.has(address) && !BESIDE.some((one) => one.test(address)))
        .map((address) => `${path}: ${address}`),
    );
    expect(strange).toEqual([]);
  });
});
