import { enqueueActions, stateIn } from "xstate";
import type { Branch, RawAction } from "./action-check.ts";
import { evaluate, type Scope } from "./expression.ts";

type Params = Record<string, unknown>;
interface Arguments {
  context: Params;
  event: Params;
  check: (guard: unknown) => boolean;
  enqueue: {
    (action: RawAction): void;
    raise(event: object, options?: object): void;
    cancel(id: string): void;
    assign(values: Params): void;
  };
}

const UNITS: Record<string, number> = { "": 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a delay: a number, or a text as CSS and SCXML write it ("10ms", ".5s"). Throws on anything else. */
export function delayOf(value: unknown): number {
  if (typeof value === "number" && value >= 0) return value;
  const [, number, unit] = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/.exec(String(value)) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (number === undefined || factor === undefined)
    throw new RangeError(`"${String(value)}" is no delay. Write milliseconds, or a text like "1.5s".`);
  return Number(number) * factor;
}

/**
 * What the named actions of a raw machine do, as XState's `implementations.actions`. `raise` is for the same step of the
 * machine; `send` comes from outside once the step is over: with no delay, a timer that is due at once.
 */
export function rawActions(idOf: (state: string) => string): Record<string, unknown> {
  const action = (run: (args: Arguments, params: Params, scope: Scope) => void) =>
    enqueueActions(((args: Arguments, params: Params) =>
      run(args, params, {
        context: args.context,
        event: args.event,
        active: (state) => args.check(stateIn(`#${idOf(state)}` as never)),
      })) as never);
  return {
    log: () => undefined,
    assign: action(({ enqueue }, { key, expr }, scope) => enqueue.assign({ [String(key)]: evaluate(expr, scope) })),
    cancel: action(({ enqueue }, { id }, scope) => enqueue.cancel(String(evaluate(id, scope)))),
    raise: action(({ enqueue }, params, scope) => {
      const options = params.delay === undefined ? undefined : timing(params, scope);
      enqueue.raise(eventOf(params, scope), options);
    }),
    send: action(({ enqueue }, params, scope) => enqueue.raise(eventOf(params, scope), timing(params, scope))),
    choose: action(({ enqueue }, params, scope) => {
      const taken = (params.branches as Branch[]).find(
        ({ expression }) => expression === undefined || Boolean(evaluate(expression, scope)),
      );
      for (const one of taken?.actions ?? []) enqueue(one);
    }),
  };
}

function timing({ delay = 0, id }: Params, scope: Scope): object {
  const milliseconds = delayOf(evaluate(delay, scope));
  return id === undefined ? { delay: milliseconds } : { delay: milliseconds, id: String(evaluate(id, scope)) };
}

/** The event that is sent: its own fields, with the values of `params` under `data`. */
function eventOf({ event, params }: Params, scope: Scope): Params {
  const given = event as Params;
  if (params === undefined) return given;
  const values = Object.entries(params as Params).map(([name, part]) => [name, evaluate(part, scope)]);
  return { ...given, data: { ...(given.data as Params | undefined), ...Object.fromEntries(values) } };
}
