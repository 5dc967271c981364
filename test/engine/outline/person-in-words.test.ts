import { expect, it } from "vitest";
import { personInWords } from "#engine/outline/person-in-words.ts";
import type { PersonRef } from "#engine/words/reference.ts";

it.each<[PersonRef, string]>([
  [{ relation: "subject" }, "the person themselves"],
  [{ relation: "manager" }, "their manager"],
  [{ relation: "manager", of: "actor" }, "the actor's manager"],
  [{ role: "hr-partner" }, "the HR partner of their unit"],
  [{ unitRole: "head", level: "region" }, "the head of their region"],
  [{ queue: "technical-assistance" }, "whoever is next in the technical assistance queue"],
  [{ metric: "steward" }, "the steward of the metric"],
  [{ fact: "case.peers" }, "whoever is named in peers"],
  [
    { relation: "peers", except: [{ relation: "manager" }], else: { role: "hr-admin" } },
    "their peers (except their manager; or the HR admin of their unit if nobody is found)",
  ],
])("says %j in words", (ref, words) => {
  expect(personInWords(ref)).toBe(words);
});
