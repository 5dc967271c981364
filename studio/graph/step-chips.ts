import { joinInWords, vetoesOf } from "#engine/outline/join-in-words.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject, valueAt } from "../document/json-value.ts";
import { words } from "../text/kinds.ts";
import { joinOf } from "./join-of.ts";
import type { Chip, Sign } from "./model.ts";

const listed = (value: Json | undefined) =>
  (Array.isArray(value) ? value.map(String) : []).map((one) => words(one.split(".").at(-1) ?? one).toLowerCase());

/** What hangs on a step: how many answer, how they share it, what it shares with other cases, what happens when late. */
export function chipsOf(step: JsonObject): Chip[] {
  return [...joinChips(step), ...sharingChips(step), ...lateChips(step)];
}

function joinChips(step: JsonObject): Chip[] {
  if (!isObject(step.each) && step.kind !== "parallel") return [];
  const join = joinOf(step.join ?? "all");
  if (join === undefined) return [{ text: "join is not finished", tone: "attention", sign: "join" }];
  const vetoes = vetoesOf(join);
  const text = Array.isArray(join) && vetoes.length > 0 ? "by count" : joinInWords(join);
  return [
    { text, tone: "quiet", sign: "join", title: `It goes on with ${joinInWords(join)}; the rest is cancelled.` },
    ...vetoes.map(
      (rule): Chip => ({
        text: `veto: ${rule.count.replaceAll("-", " ")}`,
        tone: "attention",
        sign: "veto",
        title: `One person who answers ${rule.count.replaceAll("-", " ")} decides it for all.`,
      }),
    ),
  ];
}

function sharingChips(step: JsonObject): Chip[] {
  const chips: Chip[] = [];
  if (step.mode === "iterative")
    chips.push({
      text: "to and fro",
      tone: "quiet",
      sign: "to-and-fro",
      title: "Passed between them until it is sent on",
    });
  if (step.mode === "collaborative")
    chips.push({ text: "together", tone: "quiet", sign: "together", title: "All of them fill it in at once" });
  if (isObject(step.shared)) {
    const key = listed(step.shared.key);
    chips.push({
      text: key.length > 0 ? `one per ${key.join(", ")}` : "shared",
      tone: "quiet",
      sign: "shared",
      title: `Cases with the same ${key.join(" and ") || "key"} meet in one`,
    });
  }
  if (Array.isArray(step.bundle))
    chips.push({
      text: "one task of many",
      tone: "quiet",
      sign: "bundle",
      title: `Tasks with the same ${listed(step.bundle).join(" and ")} are one task`,
    });
  if (step.optional === true)
    chips.push({ text: "optional", tone: "quiet", sign: "optional", title: "Skipped, visibly, where nobody is found" });
  return chips;
}

function lateChips(step: JsonObject): Chip[] {
  const escalation = valueAt(step.deadline, ["escalation"]);
  const policy = valueAt(step.deadline, ["policy"]);
  if (typeof escalation === "string")
    return [{ text: words(escalation), tone: "bad", sign: "late", title: `When late: ${words(escalation)}` }];
  if (policy === "advance" || policy === "advance-flagged")
    return [{ text: "goes on when late", tone: "quiet", title: "When time is up it goes on without an answer" }];
  return [];
}

/** What a clock does beside running, as signs with their sentence: it pauses, it can stop, it comes again and again. */
export function clockSigns(clock: Json | undefined): { sign: Sign; title: string }[] {
  if (!isObject(clock)) return [];
  const events = (value: Json | undefined) =>
    Array.isArray(value)
      ? value.map((one) => (typeof one === "string" ? one.replaceAll("-", " ") : "a condition holds"))
      : [];
  const [pauses, stops] = [events(clock.pause), events(clock.stop)];
  return [
    ...(typeof clock.every === "string" ? [{ sign: "every" as const, title: "Comes again and again" }] : []),
    ...(pauses.length > 0 ? [{ sign: "pause" as const, title: `The clock pauses: ${pauses.join(", ")}` }] : []),
    ...(stops.length > 0 ? [{ sign: "stop" as const, title: `The clock stops on ${stops.join(", ")}` }] : []),
  ];
}
