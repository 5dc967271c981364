import type { z } from "zod";

/** One route of the API, said once: the runtime serves it, the studio's fetch wrapper is typed by it, OpenAPI prints it. */
export interface Route {
  method: "get" | "post" | "put" | "delete";
  /** Path below the origin with `{name}` parameters, as OpenAPI writes them. */
  path: string;
  tag: string;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Content type of the body when it is not JSON; the body is then text. */
  bodyType?: "text/csv";
  answer: z.ZodType;
}

/** What a caller passes to a route. */
export type RouteInput<R extends Route> = (R["params"] extends z.ZodObject
  ? { params: z.input<R["params"]> }
  : { params?: undefined }) &
  (R["query"] extends z.ZodObject ? { query?: z.input<R["query"]> } : { query?: undefined }) &
  (R["body"] extends z.ZodType ? { body: z.input<R["body"]> } : { body?: undefined });

/** What a route answers. */
export type RouteAnswer<R extends Route> = z.output<R["answer"]>;

/** Keeps the literal types of a route. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}
