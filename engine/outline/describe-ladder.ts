import type { Escalation, Level, MetricTrigger } from "../definition/escalation.ts";
import { resumeEvents } from "../time/clock.ts";
import { durationInWords } from "../words/duration.ts";
import type { DescriptionSection } from "./description.ts";
import { isAtOnce, tierInWords } from "./ladder-outline.ts";
import { sharedInWords } from "./meeting-in-words.ts";
import { isSingular, peopleInWords, personInWords } from "./person-in-words.ts";
import { triggerInWords } from "./trigger-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, listed, quoted, spell, timesInWords } from "./words.ts";

/** A ladder in words: what starts it, each level, and what happens when nobody answers. */
export function describeLadder(ladder: Escalation, wording: Wording): DescriptionSection[] {
  return [
    { heading: "When it starts", sentences: startSentences(ladder, wording) },
    ...ladder.levels.map((level, index) => ({
      heading: `Level ${index + 1}: ${level.title}`,
      sentences: levelSentences(level, wording),
    })),
    { heading: "How it ends", sentences: endSentences(ladder, wording) },
  ];
}

function startSentences(ladder: Escalation, wording: Wording): string[] {
  const { trigger } = ladder;
  const start = trigger
    ? `It starts when ${triggerInWords(trigger, wording, ladder.subject)}.`
    : "It starts where a process asks for it.";
  const clocks = Object.entries(ladder.clocks ?? {}).flatMap(([name, clock]) => {
    const parts = [
      ...(clock.from ? [`counts from ${wording.value(clock.from)}`] : []),
      ...(clock.calendar
        ? [
            `counts by ${clock.calendar === "subject" || clock.calendar === "actor" ? `the calendar of the ${clock.calendar}` : `the calendar ${wording.document("calendar", clock.calendar)}`}`,
          ]
        : []),
      ...(clock.pause?.length
        ? [
            `rests while ${listed(
              clock.pause.map((part) => (typeof part === "string" ? spell(part) : wording.condition(part))),
              "or",
            )}`,
          ]
        : []),
      ...(resumeEvents(clock).length > 0 ? [`goes on at ${listed(resumeEvents(clock).map(spell), "or")}`] : []),
      ...(clock.reset?.length ? [`counts anew from ${listed(clock.reset.map(spell), "or")}`] : []),
      ...(clock.stop?.length ? [`stops at ${listed(clock.stop.map(spell), "or")}`] : []),
    ];
    return parts.length > 0 ? [`The ${spell(name)} clock ${listed(parts)}.`] : [];
  });
  return [start, ...(trigger && "rule" in trigger ? breachSentences(trigger, ladder, wording) : []), ...clocks];
}

function breachSentences(trigger: MetricTrigger, ladder: Escalation, wording: Wording): string[] {
  const number = (value: number | { parameter: string }) =>
    typeof value === "number" ? String(value) : wording.value(value);
  const titleOf = (id: string) => quoted(ladder.levels.find((level) => level.id === id)?.title ?? id);
  return [
    ...(trigger.pending === undefined ? [] : [`The breach must last ${number(trigger.pending)} periods.`]),
    ...(trigger.tiers ?? []).map(
      (tier) => `A breach ${tierInWords(tier, wording)} starts at ${titleOf(tier.startAt)}.`,
    ),
    ...(trigger.clear === undefined ? [] : [`It is over at ${number(trigger.clear)}.`]),
    ...(trigger.cooldown ? [`It does not start again within ${durationInWords(trigger.cooldown)}.`] : []),
    ...(trigger.shared ? [sharedInWords(trigger.shared, "Breaches")] : []),
  ];
}

function levelSentences(level: Level, wording: Wording): string[] {
  const after = isAtOnce(level.after) ? "At once" : `After ${wording.duration(level.after)}`;
  const clock = level.clock ? ` on the ${spell(level.clock)} clock` : "";
  const told = level.notify ?? [];
  const via = level.via ? ` by ${listed(level.via.map((one) => (one === "email" ? "e-mail" : one)))}` : "";
  const verb = told.length === 1 && isSingular(told[0]!) ? "is" : "are";
  const starts = level.start ? `the process ${wording.document("workflow", level.start.workflow)} starts` : undefined;
  const what = [...(told.length > 0 ? [`${peopleInWords(told)} ${verb} told${via}`] : []), ...(starts ? [starts] : [])];
  return [
    `${after}${clock}, ${what.length > 0 ? listed(what) : "nothing happens"}.`,
    ...(level.shared ? [sharedInWords(level.shared)] : []),
    ...(level.message ? [`The message: ${quoted(level.message)}`] : []),
  ];
}

function endSentences(ladder: Escalation, wording: Wording): string[] {
  const again = ladder.repeat && ladder.repeat.times > 0;
  return [
    "Whoever acknowledges it owns it, and the acknowledge clock stops; when it is resolved, all clocks stop.",
    ...(again
      ? [
          `If nobody answers, the ladder is climbed again ${timesInWords(ladder.repeat!.times)}, ${wording.duration(ladder.repeat!.every)} later.`,
        ]
      : []),
    ...(ladder.fallback
      ? [
          `If still nobody answers, ${personInWords(ladder.fallback)} ${isSingular(ladder.fallback) ? "owns" : "own"} it.`,
        ]
      : []),
    ...(ladder.maxAge ? [`After ${durationInWords(ladder.maxAge)} it is closed as too old.`] : []),
    "The person it is about is never told by it.",
  ].map(capital);
}
