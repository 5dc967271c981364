/**
 * Domain time: what timers, cadences and back-off live by. Sessions, tokens, logs and sockets stay on the wall clock.
 * Nothing else in the runtime asks what time it is.
 */
export interface Clock {
  readonly kind: "system" | "manual";
  now(): number;
}

/** A clock that tests move forward; never backwards. */
export interface ManualClock extends Clock {
  readonly kind: "manual";
  /** Moves to an instant. Throws a RangeError where it lies in the past. */
  moveTo(instant: number): void;
}

/** The machine's own clock. */
export const systemClock: Clock = { kind: "system", now: () => Date.now() };

/** A clock that stands still at `start` until it is moved. */
export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    kind: "manual",
    now: () => now,
    moveTo: (instant) => {
      if (instant < now) throw new RangeError(`a clock only goes forward: it is ${now}, asked for ${instant}`);
      now = instant;
    },
  };
}

/** Whether a clock may be moved. */
export function isManual(clock: Clock): clock is ManualClock {
  return clock.kind === "manual";
}

/** The wall clock, for what lives outside domain time: clients' keys, measurements of ourselves. */
export const wallNow = (): number => Date.now();
