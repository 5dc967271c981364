import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cycleIn, ROOT, repositoryFiles, sourceFile } from "./support/source-files.ts";

/**
 * The shape of the repository, kept by one test that anyone can read. Each failure names the file and says where to go
 * instead. The rules are those of engine/README.md, runtime/README.md and studio/README.md.
 */
const files = repositoryFiles();
const isSource = (path: string) => /^(engine|runtime|studio)\/.*\.tsx?$/.test(path) && !path.endsWith(".d.ts");
const sources = files.filter(isSource).map(sourceFile);
const inside = (folder: string) => sources.filter(({ path }) => path.startsWith(`${folder}/`));
const isOwn = (imported: string) => /^(engine|runtime|studio|templates|test)\//.test(imported);

/** The folders of the engine in the order in which data passes them: each may import itself and what stands before it. */
const ENGINE_ORDER: string[][] = [
  ["words"],
  ["rules"],
  ["time"],
  ["organisation", "metrics", "incentive"],
  ["steps"],
  ["definition"],
  ["lint", "outline", "contract"],
  ["compile"],
  ["execute"],
  ["scenario"],
];

describe("imports", () => {
  it("are read from every file of the three parts", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.find(({ path }) => path === "engine/definition/parse.ts")?.imports).toContain(
      "engine/words/issue.ts",
    );
  });

  it("keep studio and runtime apart: what both need stands in engine/, what crosses the wire in engine/contract/", () => {
    expect(offences(inside("studio"), (imported) => imported.startsWith("runtime/"))).toEqual([]);
    expect(offences(inside("runtime"), (imported) => imported.startsWith("studio/"))).toEqual([]);
  });

  it("of engine/ reach nothing outside it but packages: pass data in, hand effects back as an outcome", () => {
    expect(offences(inside("engine"), (imported) => isOwn(imported) && !imported.startsWith("engine/"))).toEqual([]);
  });

  it("of the product never reach test/", () => {
    expect(offences(sources, (imported) => imported.startsWith("test/"))).toEqual([]);
  });

  it("of engine/ go one way: words, rules, time, organisation and pay, steps, definition, lint and outline, compile, execute, scenario", () => {
    const rank = (path: string) => ENGINE_ORDER.findIndex((folders) => folders.includes(path.split("/")[1]!));
    const unknown = inside("engine").filter(({ path }) => path.split("/").length > 2 && rank(path) === -1);
    expect(unknown.map(({ path }) => `${path}: add the folder to ENGINE_ORDER`)).toEqual([]);
    const wrong = inside("engine")
      .filter(({ path }) => path.split("/").length > 2)
      .flatMap(({ path, imports }) =>
        imports
          .filter((imported) => imported.startsWith("engine/") && imported.split("/")[1] !== path.split("/")[1])
          .filter((imported) => rank(imported) >= rank(path) || rank(imported) === -1)
          .map((imported) => `${path} imports ${imported}, which comes later: move what both need to the left`),
      );
    expect(wrong).toEqual([]);
  });

  it("point at files that exist", () => {
    const known = new Set(files);
    expect(
      offences(
        sources,
        (imported) => isOwn(imported) && /\.(tsx?|json|css|sql)$/.test(imported) && !known.has(imported),
      ),
    ).toEqual([]);
  });

  it("form no cycle between files: move what both need into a third (types, which are erased, may refer to each other)", () => {
    const graph = new Map(sources.map(({ path, runs }) => [path, new Set(runs.filter(isSource))]));
    expect(cycleIn(graph)?.join(" > ")).toBeUndefined();
  });

  it("form no cycle between folders: a folder that needs another is not needed by it", () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of sources) {
      const needed = graph.get(unitOf(path)) ?? new Set<string>();
      for (const imported of imports.filter(isSource))
        if (unitOf(imported) !== unitOf(path)) needed.add(unitOf(imported));
      graph.set(unitOf(path), needed);
    }
    expect(cycleIn(graph)?.join(" > ")).toBeUndefined();
  });

  it("of json-rules-engine stand in engine/rules/reference.ts only: everything else uses the compiled path", () => {
    const importing = sources.filter(({ runs }) => runs.includes("json-rules-engine")).map(({ path }) => path);
    expect(importing.filter((path) => path !== "engine/rules/reference.ts")).toEqual([]);
  });
});

describe("purity of engine/", () => {
  const words: [RegExp, string][] = [
    [/\bDate\.now\b/, "take `now` as an argument: time is data"],
    [/\bnew Date\(\s*\)/, "take `now` as an argument: time is data"],
    [/\bTemporal\.Now\b/, "take `now` as an argument: time is data"],
    [/\bperformance\.now\b/, "measure outside, in test/bench"],
    [/\bMath\.random\b/, "take what is random as an argument: a replay must give the same"],
    [/\bcrypto\.(randomUUID|getRandomValues)\b/, "ids come from the runtime or are caseId/revision/n"],
    [/\bfetch\(/, "return an effect; runtime/effects carries it out"],
    [/\bset(Timeout|Interval|Immediate)\(/, "return a timer; the runtime fires it"],
    [/\bqueueMicrotask\(/, "answer at once: the engine is synchronous"],
    [/\bprocess\./, "take configuration as an argument; runtime/config.ts reads the environment"],
    [/\bconsole\./, "return issues or throw; runtime/log.ts logs"],
    [
      /\b(document|window)\.(get|query|create|add|body|location|local|session)/,
      "the engine draws nothing; studio/ does",
    ],
    [/\blocalStorage\b|\bsessionStorage\b/, "the engine keeps nothing; its callers do"],
  ];

  it.each(words)("has no %s", (word, help) => {
    const found = inside("engine").filter(({ code }) => word.test(code));
    expect(found.map(({ path }) => `${path}: ${help}`)).toEqual([]);
  });

  it("imports nothing of Node, no server, no database, no React", () => {
    const banned = /^(node:|react|@mantine|@libsql|hono|@hono|pino|nodemailer|better-auth|kysely|vite|date-holidays)/;
    expect(offences(inside("engine"), (imported) => banned.test(imported))).toEqual([]);
  });
});

describe("the runtime", () => {
  it("holds no transaction open across an await: every write is one client.batch (see runtime/db/README.md)", () => {
    expect(
      inside("runtime")
        .filter(({ code }) => /\.transaction\(/.test(code))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

describe("the repository", () => {
  it("has exactly this at the top", () => {
    const allowed = [
      "LICENSE",
      "README.md",
      "engine",
      "package-lock.json",
      "package.json",
      "runtime",
      "studio",
      "templates",
      "test",
      "tsconfig.json",
    ];
    const top = new Set(files.map((path) => path.split("/")[0]!).filter((name) => !name.startsWith(".")));
    expect([...top].filter((name) => !allowed.includes(name))).toEqual([]);
    expect(allowed.filter((name) => !top.has(name))).toEqual([]);
  });

  it("draws in studio/ only: no .tsx elsewhere", () => {
    expect(files.filter((path) => path.endsWith(".tsx") && !/^(studio|test)\//.test(path))).toEqual([]);
  });

  it("has a README in each part and in each folder of a part: its rule, how to add the next thing, what it is not", () => {
    const parts = ["engine", "runtime", "studio", "test", "templates"].filter((part) =>
      files.some((path) => path.startsWith(`${part}/`)),
    );
    const folders = new Set(
      sources
        .map(({ path }) => path.split("/"))
        .filter((keys) => keys.length > 2)
        .map(([part, folder]) => `${part}/${folder}`),
    );
    expect([...parts, ...folders].filter((folder) => !files.includes(`${folder}/README.md`))).toEqual([]);
  });

  it("has no drawers for everything: name a file after its one idea", () => {
    const drawers = sources.filter(({ path }) =>
      /^(utils?|helpers?|lib|common|misc|shared)\.tsx?$/.test(basename(path)),
    );
    expect(drawers.map(({ path }) => path).filter((path) => !path.startsWith("engine/contract/"))).toEqual([]);
  });

  it("has one public edge and no barrels: import the file itself", () => {
    const barrels = sources.filter(({ path }) => /^index\.tsx?$/.test(basename(path)) && path !== "engine/index.ts");
    expect(barrels.map(({ path }) => path)).toEqual([]);
    expect(sources.filter(({ code }) => /\bexport \*/.test(code)).map(({ path }) => path)).toEqual([]);
  });

  it("keeps files small enough to hold one idea: at most 400 lines", () => {
    const large = sources.filter(({ path }) => readFileSync(join(ROOT, path), "utf8").split("\n").length > 400);
    expect(large.map(({ path }) => path).filter((path) => path !== "engine/contract/routes.ts")).toEqual([]);
  });
});

describe("tests", () => {
  it("have a title of their own within a file, so that a red one is found by its name", () => {
    const twice = files
      .filter((path) => /^test\/.*\.test\.tsx?$/.test(path))
      .flatMap((path) => {
        const titles = [
          ...sourceFile(path).text.matchAll(/(?:^|\n)\s*(?:it|test)(?:\.\w+(?:\([^)\n]*\))?)*\(\s*(["'`])(.*?)\1\s*,/g),
        ].map((match) => match[2]!);
        return titles.filter((title, index) => titles.indexOf(title) !== index).map((title) => `${path}: ${title}`);
      });
    expect(twice).toEqual([]);
  });
});

/** Each import that must not be, as a line. */
function offences(among: typeof sources, isWrong: (imported: string) => boolean): string[] {
  return among.flatMap(({ path, imports }) => imports.filter(isWrong).map((imported) => `${path} imports ${imported}`));
}

/** What counts as a folder: engine/rules, runtime/http, studio/features/inbox; a file directly in a part stands for itself. */
function unitOf(path: string): string {
  const keys = path.split("/");
  const depth = keys[0] === "studio" && keys[1] === "features" ? 3 : 2;
  return keys.slice(0, depth).join("/");
}
