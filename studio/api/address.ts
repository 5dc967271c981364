import type { Route } from "#engine/contract/route.ts";

/** The address of a route with its parameters and query filled in; `undefined` members of the query are left out. */
export function addressOf(
  route: Pick<Route, "path">,
  input: { params?: Record<string, unknown> | undefined; query?: Record<string, unknown> | undefined } = {},
): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = input.params?.[name];
    if (value === undefined || value === "") throw new Error(`${route.path} needs "${name}"`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    // `late: false` would be read as true by a coercing server: a flag that is off is not sent.
    if (value !== undefined && value !== null && value !== "" && value !== false) query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
