import type { Cadence } from "#engine/definition/cadence.ts";
import { dateAt } from "#engine/time/instant-text.ts";
import { relativePeriod } from "#engine/time/period.ts";
import { nextOccurrence, occurrences, type RecurrenceStart } from "#engine/time/recurrence.ts";
import { zone } from "#engine/time/zone.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { createJob, finishJob } from "../commands/jobs.ts";
import { launchPlan } from "../commands/launch.ts";
import { isPassing, Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { DatabaseError } from "../db/client.ts";
import { beginCadence, type CadenceRow, cadenceDone, readCadences } from "../store/cadences.ts";
import { listVersions } from "../store/definitions-read.ts";
import { type Anchors, anchorsOf } from "./anchors.ts";

/** An occurrence that begins later than this was missed; what then happens the cadence says. */
const MISSED_AFTER_MS = 5 * 60_000;

interface Known {
  cadence: Cadence;
  version: number;
  row: CadenceRow;
  next: number | undefined;
  anchors: Anchors | null;
}

/**
 * Looks after the cadences: launches what is due, each occurrence once, whatever stops in between: a launch is known by
 * the cadence and the occurrence, and a cadence is done until an instant only after its launches have been written down.
 */
export class Cadences {
  readonly #runtime: Runtime;
  #epoch = -1;
  #known: Known[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  /** Launches what is due; answers how many launches began. */
  async run(): Promise<number> {
    await this.#refresh();
    let launches = 0;
    for (const known of this.#known) {
      if (this.#runtime.stopping.aborted) break;
      try {
        launches += await this.#look(known);
      } catch (cause) {
        if (isPassing(cause) || cause instanceof DatabaseError) throw cause;
        const now = this.#runtime.clock.now();
        await this.#couldNot(known, known.next ?? now, cause);
        if (cause instanceof Refused || cause instanceof IssuesError) await this.#done(known, now);
        // A mistake of ours: set aside until it is published again or the server starts anew, so that the others go on.
        else known.next = undefined;
      }
    }
    return launches;
  }

  /** When the next occurrence is due. */
  async nextAt(): Promise<number | undefined> {
    await this.#refresh();
    const times = this.#known.flatMap(({ next }) => (next === undefined ? [] : [next]));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Reads the cadences again after a publish, and the anchors after a change of people. */
  async #refresh(): Promise<void> {
    const { catalogue, db, clock } = this.#runtime;
    if (this.#epoch !== catalogue.epoch) {
      const epoch = catalogue.epoch;
      const live = catalogue.live.all("cadence").filter(({ trigger }) => !trigger);
      const versions = new Map(live.map(({ id }) => [id, catalogue.version("cadence", id)!]));
      if (live.length > 0) {
        await db.write(live.map(({ id }) => beginCadence(id, versions.get(id)!.version, clock.now())));
      }
      const rows = new Map((await readCadences(db)).map((row) => [row.id, row]));
      this.#known = live.map((cadence) => ({
        cadence,
        version: versions.get(cadence.id)!.version,
        row: rows.get(cadence.id)!,
        next: undefined,
        anchors: null,
      }));
      for (const known of this.#known) await this.#plan(known);
      this.#epoch = epoch;
    }
    if (!this.#known.some(({ cadence }) => cadence.anchor)) return;
    const directory = await this.#runtime.organisation.directory();
    for (const known of this.#known) {
      if (known.cadence.anchor && known.anchors?.directory !== directory) await this.#plan(known);
    }
  }

  async #plan(known: Known): Promise<void> {
    const { cadence, row } = known;
    try {
      if (cadence.every !== undefined) {
        known.next = nextOccurrence(cadence.every, await this.#startOf(cadence), row.doneUntil);
      } else if (cadence.anchor) {
        known.anchors = await anchorsOf(this.#runtime, cadence, await this.#runtime.organisation.directory());
        known.next = known.anchors.days.find(({ at }) => at > row.doneUntil)?.at;
      }
    } catch (cause) {
      if (isPassing(cause) || cause instanceof DatabaseError) throw cause;
      known.next = undefined;
      if (cadence.anchor) known.anchors = { directory: await this.#runtime.organisation.directory(), days: [] };
      await this.#couldNot(known, row.doneUntil, cause);
    }
  }

  /** An occurrence that began nothing is not passed over in silence: it stands among the long work, with the reason. */
  async #couldNot({ cadence, version }: Known, at: number, cause: unknown): Promise<void> {
    const expected = cause instanceof Refused || cause instanceof IssuesError;
    const reason = expected ? cause.message : "It failed unexpectedly; see the server's log.";
    const said = { cadence: cadence.id, version, err: cause };
    if (expected) this.#runtime.log.warn({ ...said, err: undefined, reason }, "a cadence could not launch");
    else this.#runtime.log.error(said, "a cadence failed and is set aside");
    const { job, isNew } = await createJob(this.#runtime, {
      kind: "launch",
      title: `Launch by the cadence “${cadence.title}”`,
      total: 0,
      input: { cadence: cadence.id, version, at },
      by: null,
      once: `cadence ${cadence.id} ${version} could not ${new Date(at).toISOString()}`,
    });
    if (isNew) await finishJob(this.#runtime, job.id, "failed", reason, null);
  }

  async #look(known: Known): Promise<number> {
    const now = this.#runtime.clock.now();
    if (known.next === undefined || known.next > now) return 0;
    const { cadence, row } = known;
    const due =
      cadence.every !== undefined
        ? occurrences(cadence.every, await this.#startOf(cadence), row.doneUntil, now).map((at) => ({
            at,
            people: undefined,
          }))
        : (known.anchors?.days.filter(({ at }) => at > row.doneUntil && at <= now) ?? []);
    const wanted = due.filter(({ at }, i) => {
      const missed = now - at > MISSED_AFTER_MS;
      if (cadence.missed === "skip") return !missed;
      // Everybody has one anchor only: of anchors, the latest is not enough.
      return cadence.missed === "all" || cadence.anchor !== undefined || i === due.length - 1;
    });
    for (const { at, people } of wanted) await this.#launch(cadence, at, people);
    await this.#done(known, now);
    return wanted.length;
  }

  async #launch(cadence: Cadence, at: number, people: string[] | undefined): Promise<void> {
    const date = dateAt(at, zone(await this.#zoneOf(cadence)));
    const period = (cadence.period && relativePeriod(cadence.period, date)?.id) ?? date;
    await launchPlan(
      this.#runtime,
      {
        workflow: cadence.starts.workflow,
        population: {
          ...(people ? { people } : {}),
          ...(cadence.of ? { of: cadence.of } : {}),
          ...(cadence.population ? { conditions: [cadence.population] } : {}),
          period,
        },
        with: cadence.starts.with ?? {},
        trigger: { cadence: cadence.id, at, date },
        by: null,
      },
      `cadence ${cadence.id} ${new Date(at).toISOString()}`,
    );
  }

  async #done(known: Known, until: number): Promise<void> {
    await this.#runtime.db.write([cadenceDone(known.cadence.id, known.version, until)]);
    known.row.doneUntil = Math.max(known.row.doneUntil, until);
    await this.#plan(known);
  }

  async #startOf(cadence: Cadence): Promise<RecurrenceStart> {
    const zoneId = await this.#zoneOf(cadence);
    let { from } = cadence;
    if (from === undefined) {
      const first = (await listVersions(this.#runtime.db, "cadence", cadence.id)).at(-1);
      from = dateAt(first?.publishedAt ?? this.#runtime.clock.now(), zone(zoneId));
    }
    return { from, zone: zoneId, ...(cadence.at === undefined ? {} : { at: cadence.at }) };
  }

  async #zoneOf(cadence: Cadence): Promise<string> {
    if (cadence.timeZone !== undefined) return cadence.timeZone;
    const calendars = await this.#runtime.organisation.calendars();
    const calendar = cadence.calendar === undefined ? undefined : calendars.find(cadence.calendar);
    return calendar?.zone.id ?? (await this.#runtime.organisation.directory()).data.timeZone;
  }
}
