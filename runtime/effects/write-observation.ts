import type { Effect } from "#engine/execute/state.ts";
import { parsePeriod } from "#engine/time/period.ts";
import { type Observation, observationsStatements } from "../store/observations-write.ts";
import { outboxStatements } from "../store/outbox-lanes.ts";
import { type EffectHandler, GiveUp, settle } from "./effect.ts";

/** Writes a result down as an observation of a metric; ladders on that metric look at it. */
export const writeObservationEffect: EffectHandler = {
  kind: "write-observation",
  outside: false,
  async run(runtime, row) {
    const { metric, subject, period, value } = row.payload as Extract<Effect, { kind: "write-observation" }>;
    const span = parsePeriod(period);
    if (!span) throw new GiveUp(`An observation of ${metric} needs a period, and "${period}" is none.`);
    if (subject.kind === "metric" || subject.kind === "record") {
      throw new GiveUp(
        `An observation of ${metric} is of a person, a unit or the organisation, not of a ${subject.kind}.`,
      );
    }
    if (value !== null && !/^-?\d{1,30}(\.\d+)?$/.test(String(value))) {
      throw new GiveUp(`${JSON.stringify(value)} is not a number that ${metric} could have.`);
    }
    const now = runtime.clock.now();
    const observation: Observation = {
      metric,
      subjectKind: subject.kind,
      subject: subject.id,
      periodFrom: span.from,
      periodTo: span.to,
      value: value === null ? null : String(value),
      target: null,
      state: "final",
    };
    await settle(runtime, row, {
      statements: [
        ...observationsStatements([observation], { recordedAt: now, importNo: 0 }),
        ...outboxStatements([
          {
            id: `${row.id}/observed`,
            caseId: null,
            kind: "observed",
            payload: {
              observations: [{ metric, subjectKind: subject.kind, subject: subject.id, periodFrom: span.from }],
            },
            at: now,
          },
        ]),
      ],
    });
    runtime.events.emit({ topic: "observations", id: metric, revision: 0 });
  },
};
