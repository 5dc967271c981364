import { enqueueActions, stateIn } from "xstate";
import type { Branch, RawAction } from "./action-check.ts";
import { delayOf } from "./delay.ts";
import { evaluate, type Scope } from "./expression.ts";
import { exactId } from "./names.ts";
import { member } from "./operators.ts";

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
        active: (state) => args.check(stateIn(exactId(idOf(state)) as never)),
      })) as never);
  return {
    log: () => undefined,
    assign: action(({ enqueue, context }, { key, path, expr }, scope) => {
      const written = withMember(context[String(key)], (path ?? []) as string[], evaluate(expr, scope));
      enqueue.assign({ [String(key)]: written });
    }),
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

/** A value with one member written anew; the value itself stays as it is. */
function withMember(value: unknown, [key, ...path]: string[], written: unknown): unknown {
  if (key === undefined) return written;
  if (typeof value !== "object" || value === null) throw new RangeError(`there is nothing to assign "${key}" in`);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Params;
  copy[key] = withMember(member(value, key), path, written);
  return copy;
}

/** The event that is sent: its own fields, with the values of `params` under `data`. Throws where it has no name. */
function eventOf({ event, params }: Params, scope: Scope): Params {
  const given = { ...(event as Params) };
  if (typeof given.type !== "string") given.type = evaluate(given.type, scope);
  if (typeof given.type !== "string" || given.type === "") throw new RangeError("what is sent has no name");
  if (params === undefined) return given;
  const values = Object.entries(params as Params).map(([name, part]) => [name, evaluate(part, scope)]);
  return { ...given, data: { ...(given.data as Params | undefined), ...Object.fromEntries(values) } };
}
