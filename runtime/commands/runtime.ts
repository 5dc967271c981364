import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/client.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Audit } from "../store/audit.ts";
import type { CaseDesk } from "./case-desk.ts";
import type { LiveCatalogue } from "./catalogue.ts";
import type { Committer } from "./commit.ts";
import type { Events } from "./events.ts";
import type { Keys } from "./keys.ts";
import type { OrganisationDesk } from "./organisation-desk.ts";
import type { ParameterDesk } from "./parameter-desk.ts";
import type { StoredFacts } from "./stored-facts.ts";
import type { Worlds } from "./worlds.ts";

/** What every command works with. Made by a host (runtime/hosts), passed to each command as its first argument. */
export interface Runtime {
  readonly config: Config;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Figures for operators, at `/metrics`. */
  readonly metrics: Metrics;
  /** Tells listeners (SSE, the worker) what changed, after it is on disk. */
  readonly events: Events;
  readonly committer: Committer;
  readonly desk: CaseDesk;
  readonly catalogue: LiveCatalogue;
  readonly parameters: ParameterDesk;
  readonly organisation: OrganisationDesk;
  readonly facts: StoredFacts;
  readonly worlds: Worlds;
  readonly keys: Keys;
  readonly audit: Audit;
  /** Set while the server is going down: long work stops at its next slice. */
  readonly stopping: AbortSignal;
  /** Keeps background work so that a stop can wait for it. */
  track(work: Promise<void>): void;
  /** Effects under way. */
  effectsBusy(): number;
  /** Resolves when no background work is under way. */
  idle(): Promise<void>;
  /** Moves a manual clock forward, due instant by due instant; throws a RangeError for the system's clock or the past. */
  moveClock(to: number): Promise<{ now: number; fired: number }>;
}

/** Who asks. A person id is null for the system itself and for accounts without a person. */
export interface Principal {
  personId: string | null;
  roles: readonly string[];
  /** What idempotency keys are scoped to; the person where absent. */
  account?: string;
}

/** The system, asking on its own behalf. */
export const SYSTEM: Principal = { personId: null, roles: ["system"], account: "system" };
