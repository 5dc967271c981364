import type { Context } from "hono";
import { type RouteName, routes } from "#engine/contract/routes.ts";
import type { HttpEnv } from "./handler.ts";
import { problem } from "./problem.ts";

const PATTERNS = (Object.keys(routes) as RouteName[]).map((name) => ({
  method: routes[name].method.toUpperCase(),
  pattern: new RegExp(`^${routes[name].path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

/** No route of the API answers: 405 with the methods where the path exists, else 404. */
export function noSuchRoute(c: Context<HttpEnv>): Response {
  const path = new URL(c.req.url).pathname;
  const methods = [...new Set(PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
  if (methods.length > 0 && !methods.includes(c.req.method)) {
    const answer = problem(c, {
      status: 405,
      code: "method-not-allowed",
      title: `This address answers ${methods.join(" and ")}, not ${c.req.method}.`,
    });
    answer.headers.set("allow", methods.join(", "));
    return answer;
  }
  return problem(c, {
    status: 404,
    code: "no-such-route",
    title: "There is nothing at this address. /api/openapi.json lists what there is.",
  });
}
