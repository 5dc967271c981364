import { v7 } from "uuid";
import type { Route, RouteAnswer, RouteInput } from "#engine/contract/route.ts";
import { type RouteName, type Routes, routes } from "#engine/contract/routes.ts";
import { addressOf } from "./address.ts";
import { ProblemError, problemOf } from "./problem-error.ts";

/** What a route is asked with. A file is given as it is: its bytes go up, and the server finds out how they are encoded. */
export type Input<Name extends RouteName> = Routes[Name] extends { bodyType: string }
  ? Omit<RouteInput<Routes[Name] & Route>, "body"> & { body: string | Blob }
  : RouteInput<Routes[Name]>;
export type Answer<Name extends RouteName> = RouteAnswer<Routes[Name]>;

interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** Waits before a command is sent again with the same key, after the network (not the server) failed. */
const PAUSES = [300, 1200];

/**
 * Asks the API for a route of the contract, by name.
 * A changing request carries an idempotency key, so that sending it again after a broken connection is safe, and that is
 * done here, twice. Throws ProblemError for whatever the server refuses, with code `offline` where it was not reached.
 */
export async function call<Name extends RouteName>(
  name: Name,
  input: Input<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const route: Route = routes[name];
  const given = input as AnyInput;
  const headers: Record<string, string> = { accept: "application/json" };
  const changing = route.method !== "get";
  if (changing) headers["idempotency-key"] = v7();
  let body: string | Blob | undefined;
  if (given.body !== undefined) {
    headers["content-type"] = route.bodyType ?? "application/json";
    body = route.bodyType ? asFile(given.body) : JSON.stringify(given.body);
  }
  const request: RequestInit = { method: route.method.toUpperCase(), headers, credentials: "same-origin" };
  if (body !== undefined) request.body = body;
  if (signal) request.signal = signal;
  const response = await send(addressOf(route, given), request, changing ? PAUSES : []);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer<Name>;
}

const asFile = (body: unknown): string | Blob => (body instanceof Blob ? body : String(body));

async function send(address: string, request: RequestInit, pauses: readonly number[]): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(address, request);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      const pause = pauses[tries];
      if (pause === undefined) {
        throw new ProblemError({
          title: "Rondo cannot be reached. Check the connection; what you typed is still here.",
          status: 0,
          code: "offline",
        });
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
