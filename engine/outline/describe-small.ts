import type { DefinitionOf } from "../definition/definition.ts";
import { percentText } from "../incentive/numeric.ts";
import { WEEKDAYS } from "../time/calendar.ts";
import { recurrenceInWords } from "../time/clock-in-words.ts";
import { dateInWords } from "../time/epoch-day.ts";
import { durationInWords } from "../words/duration.ts";
import type { DescriptionSection } from "./description.ts";
import { personInWords } from "./person-in-words.ts";
import { triggerInWords } from "./trigger-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, listed, quoted, spell } from "./words.ts";

const directions = { higher: "More is better.", lower: "Less is better.", band: "It should stay within a band." };
const aggregates = {
  sum: "added up",
  mean: "averaged",
  min: "taken at their lowest",
  max: "taken at their highest",
  last: "taken at their latest",
  count: "counted",
};
const gaps = {
  block: "blocks what depends on it",
  exclude: "is left out",
  "carry-forward": "takes the value before",
  impute: "is estimated",
};

/** A metric in words: what it measures, what counts as good, who answers for it. */
export function describeMetric(metric: DefinitionOf<"metric">): DescriptionSection[] {
  const { levels, owner, steward, refresh, quality, sunset } = metric;
  const named = [
    ...(levels?.threshold ? [`threshold ${percentText(levels.threshold)}`] : []),
    ...(levels?.target ? [`target ${percentText(levels.target)}`] : []),
    ...(levels?.stretch ? [`stretch ${percentText(levels.stretch)}`] : []),
  ];
  return [
    {
      heading: "What it measures",
      sentences: [
        `${quoted(metric.title)} is measured in ${metric.unit} each ${metric.grain}; the values of a longer period are ${aggregates[metric.aggregate]}.`,
        directions[metric.direction],
        ...(metric.nature
          ? [
              `It is a ${metric.nature} indicator${metric.perspective ? ` of the ${metric.perspective} perspective` : ""}.`,
            ]
          : []),
        ...(named.length > 0 ? [`Its levels: ${listed(named)} of what was planned.`] : []),
      ],
    },
    {
      heading: "Who answers for it",
      sentences: [
        ...(owner ? [`${capital(personInWords(owner))} is accountable for the result.`] : []),
        ...(steward ? [`${capital(personInWords(steward))} is accountable for the accuracy of its data.`] : []),
      ],
    },
    {
      heading: "Its data",
      sentences: [
        ...(refresh
          ? [
              `It is refreshed ${recurrenceInWords(refresh.every)} and stale after ${durationInWords(refresh.staleAfter)}.`,
            ]
          : []),
        ...(quality?.missing ? [`A missing value ${gaps[quality.missing]}.`] : []),
        ...(quality?.outlier
          ? [
              `A value more than ${quality.outlier.sigma} standard deviations away is ${quality.outlier.then === "hold" ? "held back" : `${quality.outlier.then}${quality.outlier.then === "flag" ? "ged" : "d"}`}.`,
            ]
          : []),
        ...(sunset ? [`It may be used in new definitions until ${dateInWords(sunset)}.`] : []),
      ],
    },
  ];
}

const weekdayNames = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** A calendar in words: the hours of each day, the holidays, the spans in which nothing runs. */
export function describeCalendar(calendar: DefinitionOf<"calendar">): DescriptionSection[] {
  const hours = WEEKDAYS.flatMap((day) => {
    const times = calendar.week[day] ?? [];
    const spans = times.flatMap((time, index) => (index % 2 === 0 ? [`${time} to ${times[index + 1]}`] : []));
    return spans.length > 0 ? [`${weekdayNames[day]}: ${listed(spans)}.`] : [];
  });
  const free = WEEKDAYS.filter((day) => (calendar.week[day] ?? []).length === 0).map((day) => weekdayNames[day]);
  const { holidays, extra, blackouts, resolved } = calendar;
  const region = holidays ? [holidays.country, holidays.state, holidays.region].filter(Boolean).join("-") : "";
  return [
    {
      heading: "Working hours",
      sentences: [
        `Times are those of ${calendar.timeZone}.`,
        ...hours,
        ...(free.length > 0 ? [`${listed(free)} ${free.length === 1 ? "is" : "are"} not worked.`] : []),
      ],
    },
    {
      heading: "Days off",
      sentences: [
        ...(holidays ? [`The public holidays of ${region} are not worked.`] : []),
        ...(extra?.length ? [`Also not worked: ${listed(extra.map(dateInWords))}.`] : []),
        ...(resolved ? [`The holidays are known from ${resolved.years.from} to ${resolved.years.to}.`] : []),
        ...(blackouts ?? []).map(
          (span) =>
            `Nothing runs from ${dateInWords(span.from)} until ${dateInWords(span.to)}${span.title ? ` (${span.title})` : ""}.`,
        ),
      ],
    },
  ];
}

const missed = {
  all: "each of them is made up for",
  latest: "only the latest is made up for",
  skip: "they are skipped",
};

/** A cadence in words: what it starts, when, and for whom. */
export function describeCadence(cadence: DefinitionOf<"cadence">, wording: Wording): DescriptionSection[] {
  const what = wording.document("workflow", cadence.starts.workflow);
  const time = cadence.at ? ` at ${cadence.at}` : "";
  const when = cadence.every
    ? `${recurrenceInWords(cadence.every)}${time}`
    : cadence.anchor
      ? `on ${wording.value(cadence.anchor)}${time}`
      : cadence.trigger
        ? `when ${triggerInWords(cadence.trigger, wording)}`
        : "";
  return [
    {
      heading: "What starts when",
      sentences: [
        `${what} starts ${when}.`,
        ...(cadence.period ? [`It looks at the ${spell(cadence.period)}.`] : []),
        cadence.population
          ? `It starts for each ${cadence.of ?? "person"} for whom ${wording.condition(cadence.population)}.`
          : `It starts for each ${cadence.of ?? "person"}.`,
        ...(cadence.missed ? [`Should the system be down at the time, ${missed[cadence.missed]}.`] : []),
      ],
    },
  ];
}

/** A record type in words: its fields. */
export function describeRecordType(type: DefinitionOf<"record-type">): DescriptionSection[] {
  const fields = Object.entries(type.fields).map(([name, field]) => {
    const choices = field.of
      ? `: ${listed(
          field.of.map((one) => String(one)),
          "or",
        )}`
      : "";
    return `${capital(field.title ?? spell(name))} (${spell(field.type)}${choices}${field.required ? ", required" : ""}).`;
  });
  const about = type.about ? [`It is about whoever stands in ${quoted(spell(type.about))}.`] : [];
  return [{ heading: "What is recorded", sentences: [...fields, ...about] }];
}

/** A scorecard in words: its metrics and its limit. */
export function describeScorecard(scorecard: DefinitionOf<"scorecard">, wording: Wording): DescriptionSection[] {
  const metrics = scorecard.metrics.map((id) => wording.document("metric", id));
  return [
    {
      heading: "What it shows",
      sentences: [
        `It looks from ${scorecard.perspectives.length === 1 ? "the perspective" : "the perspectives"} ${listed(scorecard.perspectives)}.`,
        ...(metrics.length > 0 ? [`Its metrics: ${listed(metrics)}.`] : ["It has no metrics yet."]),
        ...(scorecard.limit ? [`It holds at most ${scorecard.limit} metrics, so that they can be kept in mind.`] : []),
      ],
    },
  ];
}
