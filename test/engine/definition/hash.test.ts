import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Definition } from "#engine/definition/definition.ts";
import { contentHash } from "#engine/definition/hash.ts";
import { sha256 } from "#engine/words/sha256.ts";
import { FORMATS_DOCUMENTS } from "./formats-documents.ts";

const workflow = FORMATS_DOCUMENTS.find((document) => document.kind === "workflow") as unknown as Definition;

describe("sha256", () => {
  it("is the platform's SHA-256 for every text", () => {
    const theirs = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])
      expect(sha256("a".repeat(length))).toBe(theirs("a".repeat(length)));
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => sha256(text) === theirs(text)));
  });
});

describe("contentHash", () => {
  it("ignores layout, notes and the order of keys", () => {
    const hash = contentHash(workflow);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const reordered = Object.fromEntries(Object.entries(workflow).reverse()) as unknown as Definition;
    expect(contentHash(reordered)).toBe(hash);
    expect(
      contentHash({ ...workflow, layout: { closed: { x: 9, y: 9 } }, notes: [{ text: "hm" }] } as Definition),
    ).toBe(hash);
  });

  it("changes with the meaning", () => {
    expect(contentHash({ ...workflow, title: "Another" } as Definition)).not.toBe(contentHash(workflow));
  });
});
