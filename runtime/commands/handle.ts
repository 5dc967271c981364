import type { Command, CommandAnswer } from "#engine/contract/commands.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import type { Refusal } from "#engine/execute/outcome.ts";
import type { CaseState } from "#engine/execute/state.ts";
import type { Json } from "#engine/words/json.ts";
import type { StoredCase } from "../store/cases-load.ts";
import { incidentStatements, resolveIncidents } from "../store/incidents.ts";
import { announcements } from "./announce.ts";
import type { Decision } from "./case-desk.ts";
import { ask, fireDue } from "./due-first.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";
import type { Along } from "./work.ts";

/** More than this waiting to be written means that we are slower than what is asked of us: people are told to come back. */
const MOST_WAITING = 20_000;

/** A command as the caller sends it. */
export interface CommandInput {
  command: Command;
  key?: string;
  expectedRevision?: number;
}

/**
 * Asks something of a case: the road of one command. Idempotency, load, timers that are due, facts, advance, commit, answer.
 * Throws `Refused` with what is possible instead; nothing of the command has then happened (timers that were due have).
 *
 * @param allow throws where the caller may not ask this of the case as it stands. It is asked of the very snapshot that the
 *   decision is made on, and not of a request whose key was answered before: who has handed a task over gets the same answer again.
 */
export async function command(
  runtime: Runtime,
  principal: Principal,
  caseId: string,
  input: CommandInput,
  allow?: (stored: StoredCase) => Promise<void>,
): Promise<CommandAnswer> {
  refuseWhenOverloaded(runtime);
  const event = eventOf(input.command, principal);
  const submitted = runtime.committer.expect();
  let stood: StoredCase | undefined;
  const answer = runtime.keys.once<CommandAnswer>(principal, input.key, { caseId, ...input, key: null }, (remember) =>
    send(runtime, caseId, event, {
      ...(input.expectedRevision === undefined ? {} : { expectedRevision: input.expectedRevision }),
      before: async (stored) => {
        await allow?.(stored);
        stood = stored;
        // What was set aside is tried again whatever else the retry comes to.
        if (event.type === "retry") await runtime.db.write(resolveIncidents(caseId, runtime.clock.now()));
      },
      along: (state, active) => {
        submitted();
        const remembered = remember(answerOf(state, active));
        return remembered ? { remember: remembered } : {};
      },
    }).then(async (given) => {
      // The command is on disk, and in the case's journal: whoever sent it is not told that it failed.
      await audited(runtime, principal, stood, given, event).catch((cause) =>
        runtime.log.error({ caseId, err: cause }, "an act by hand could not be written into the audit log"),
      );
      return given;
    }),
  );
  return answer.finally(submitted);
}

/** What an admin does with a case by hand stands in the audit log too, beside what is done to definitions and data. */
async function audited(
  runtime: Runtime,
  { personId }: Principal,
  stood: StoredCase | undefined,
  { caseId, revision, status, active, outcome }: CommandAnswer,
  event: CaseEvent,
): Promise<void> {
  if (!BY_HAND.has(event.type) || !("reason" in event)) return;
  const words = `A case was changed by hand (${event.type}): ${event.reason}`;
  const before = stood && { status: stood.state.status, active: [...stood.active], outcome: stood.state.outcome };
  const details: Record<string, Json> = { case: caseId, revision, reason: event.reason };
  Object.assign(details, before ? { before } : {}, { after: { status, active, outcome } });
  if (event.type === "set-data") details.fields = Object.keys(event.data);
  await runtime.audit.write({ at: runtime.clock.now(), by: personId, what: `case.${event.type}`, words, details });
}

/** A hand-over is an everyday command, which people do themselves: the journal has it. */
const BY_HAND: ReadonlySet<string> = new Set([
  ...["move", "reopen", "set-data", "undo", "cancel"],
  ...["pause", "resume", "retry"],
]);

/** What is asked of `send` beside the event. */
export interface SendOptions {
  /** Called with the case as it stands before anything is decided; what it throws reaches the caller, and nothing has changed. */
  before?: (stored: StoredCase) => Promise<void>;
  expectedRevision?: number;
  /** What is committed together with the event, given where it led. */
  along?: (state: CaseState, active: readonly string[]) => Along;
  bulk?: boolean;
}

/**
 * Sends an event to a case and answers where it led, once that is on disk. Throws `Refused`. The one road for people's
 * commands, answers of effects and signals between cases.
 */
export async function send(
  runtime: Runtime,
  caseId: string,
  event: CaseEvent,
  options: SendOptions = {},
): Promise<CommandAnswer> {
  const now = runtime.clock.now();
  const answer = await runtime.desk.decide<CommandAnswer | Refused>(
    caseId,
    async (stored): Promise<Decision<CommandAnswer | Refused>> => {
      if (!stored) throw new Refused("not-found", "There is no such case.");
      await options.before?.(stored);
      const expected = options.expectedRevision;
      if (expected !== undefined && expected !== stored.state.revision) {
        throw new Refused(
          "stale-revision",
          `The case has moved on (revision ${stored.state.revision}, you saw ${expected}). Look at it again.`,
        );
      }
      const bundle = await runtime.catalogue.pinned(stored.frame.bundle);
      const due = await fireDue(runtime, bundle, stored.state, now);
      const outcome = await ask(runtime, bundle, due.state, event, now);
      const outcomes = outcome.ok ? [...due.outcomes, outcome] : due.outcomes;
      const own = outcome.ok
        ? (options.along?.(outcome.state, outcome.entry.active) ?? {})
        : outcome.code === "incident"
          ? { statements: incidentStatements(caseId, event.type, outcome.message, now) }
          : {};
      return {
        outcomes,
        along: together(due.along, own, { outbox: announcements(runtime.catalogue, outcomes) }),
        answer: outcome.ok ? answerOf(outcome.state, outcome.entry.active) : refusedBy(outcome),
      };
    },
    { bulk: options.bulk },
  );
  if (answer instanceof Refused) throw answer;
  return answer;
}

/** Several things to commit along as one. */
export function together(...parts: readonly Along[]): Along {
  const all: Along = { outbox: [], statements: [], members: [] };
  for (const part of parts) {
    all.outbox!.push(...(part.outbox ?? []));
    all.statements!.push(...(part.statements ?? []));
    all.members!.push(...(part.members ?? []));
    if (part.remember) all.remember = part.remember;
    if (part.done) all.done = { ids: [...(all.done?.ids ?? []), ...part.done.ids], at: part.done.at };
  }
  return all;
}

/** What an accepted event answers. */
export function answerOf(state: CaseState, active: readonly string[]): CommandAnswer {
  return {
    caseId: state.id,
    revision: state.revision,
    status: state.status,
    active: [...active],
    outcome: state.outcome,
  };
}

/** The engine's refusal as ours. */
export function refusedBy(refusal: Refusal): Refused {
  return new Refused(refusal.code, refusal.message, {
    possible: refusal.possible.map(({ title, event }) => `${title}: ${event}`),
  });
}

/** Bounded queues: past the bound people are asked to come back, and memory stays what it is. */
export function refuseWhenOverloaded(runtime: Runtime): void {
  if (runtime.stopping.aborted) throw new Refused("stopping", "The server is going down. Try again in a moment.");
  if (runtime.committer.broken) throw runtime.committer.broken;
  if (runtime.committer.waiting + runtime.desk.busy > MOST_WAITING) {
    throw new Refused("busy", "Too much is waiting to be written. Try again in a moment.");
  }
}

function eventOf(command: Command, { personId: by }: Principal): CaseEvent {
  switch (command.type) {
    case "claim":
      if (by === null) throw new Refused("not-allowed", "Only a person can take a task.");
      return { ...command, by };
    case "complete":
    case "pass":
    case "transfer":
    case "event":
    case "cancel":
    case "pause":
    case "resume":
    case "move":
    case "reopen":
    case "set-data":
    case "undo":
    case "retry":
      return { ...command, by };
    default:
      return command satisfies never;
  }
}
