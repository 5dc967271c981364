import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { HttpEnv } from "./handler.ts";

/** `GET /api/openapi.json`: what is served, said by the same list that serves it. Made once, on the first question. */
export function openApiDocument(app: OpenAPIHono<HttpEnv>) {
  let document: string | undefined;
  return (c: Context<HttpEnv>): Response => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "Rondo",
          version: "1",
          description:
            "Everything the studio does. Changes take an Idempotency-Key header; problems are application/problem+json with a code.",
        },
        servers: [{ url: "/" }],
      }),
    );
    return c.body(document, 200, { "content-type": "application/json", "cache-control": "no-cache" });
  };
}
