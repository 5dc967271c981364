import type { Database, Statement } from "../db/client.ts";

/** Somebody outside whom effects go to and who has failed since the last answer. */
export interface TroubledReceiver {
  /** The lane of its effects: `https://hooks.example.com:8443`, or `email`. */
  lane: string;
  /** Failures in a row. */
  failures: number;
  /** How often it has been left alone since it last answered. */
  pauses: number;
  /** Until when it is left alone; null where it has not failed often enough. */
  pausedUntil: number | null;
  /** What came last. */
  reason: string;
  /** Since when it fails. */
  since: number;
}

/** Everybody who has failed since the last answer, the longest first. */
export function readReceivers(db: Database): Promise<TroubledReceiver[]> {
  return db.read<TroubledReceiver>(
    "SELECT lane, failures, pauses, paused_until AS pausedUntil, reason, since FROM receivers ORDER BY since, lane",
  );
}

/** Statement that notes how a receiver fails. */
export function receiverTroubled({ lane, failures, pauses, pausedUntil, reason, since }: TroubledReceiver): Statement {
  return {
    sql: `INSERT INTO receivers (lane, failures, pauses, paused_until, reason, since) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (lane) DO UPDATE SET failures = excluded.failures, pauses = excluded.pauses,
          paused_until = excluded.paused_until, reason = excluded.reason`,
    args: [lane, failures, pauses, pausedUntil, reason.slice(0, 500), since],
  };
}

/** Statement that forgets a receiver's failures: it has answered. */
export function receiverWell(lane: string): Statement {
  return { sql: "DELETE FROM receivers WHERE lane = ?", args: [lane] };
}

/** A lane as people know it: the server's name and port, without what may stand before it in an address. */
export const receiverName = (lane: string): string => (lane === "email" ? "the mail server" : new URL(lane).host);
