import type { Context } from "hono";
import { z } from "zod";
import { Problem } from "#engine/contract/common.ts";
import type { Route } from "#engine/contract/route.ts";
import { type RouteName, routes } from "#engine/contract/routes.ts";
import { canonical } from "#engine/words/json.ts";
import type { HttpEnv } from "./handler.ts";

type Schema = Record<string, unknown>;

/**
 * `GET /api/openapi.json`: what is served, said by the same list that serves it, made once on the first question. Schemas
 * come from zod's own JSON Schema (which OpenAPI 3.1 takes as it is): the route library's generator does not end on
 * recursive ones such as any JSON value.
 */
export function openApi(): (c: Context<HttpEnv>) => Response {
  let document: string | undefined;
  return (c) => {
    document ??= JSON.stringify(openApiDocument());
    return c.body(document, 200, { "content-type": "application/json", "cache-control": "no-cache" });
  };
}

/** The OpenAPI 3.1 document of every route. */
export function openApiDocument(): Schema {
  const components = new Components();
  const paths: Record<string, Schema> = {};
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name];
    const path = paths[route.path] ?? {};
    paths[route.path] = path;
    path[route.method] = operation(name, route, components);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rondo",
      version: "1",
      description:
        "Everything the studio does. Changes take an Idempotency-Key header; problems are application/problem+json with a code. " +
        "Live changes come from GET /api/events (server-sent events of {topic, id, revision}); sign-in is under /api/auth.",
    },
    servers: [{ url: "/" }],
    security: [{ session: [] }, { key: [] }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "rondo.session_token" },
        key: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operation(name: RouteName, route: Route, components: Components): Schema {
  const parameters = [
    ...parametersOf("path", route.params, components),
    ...parametersOf("query", route.query, components),
  ];
  if (route.method !== "get") {
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", minLength: 8, maxLength: 100 },
    });
  }
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { [route.bodyType ?? "application/json"]: { schema: components.of(route.body, "input") } },
          },
        }
      : {}),
    responses: {
      200: {
        description: "The answer",
        content: { "application/json": { schema: components.of(route.answer, "output") } },
      },
      default: {
        description: "A problem (RFC 9457)",
        content: { "application/problem+json": { schema: components.of(Problem, "output") } },
      },
    },
  };
}

function parametersOf(place: "path" | "query", schema: z.ZodObject | undefined, components: Components): Schema[] {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, one]) => ({
    name,
    in: place,
    required: place === "path",
    // What travels in an address is text; the schema says what it must read as.
    schema: components.of(one as z.ZodType, "output"),
  }));
}

/** Named schemas, each once. A name whose input and output differ gets a second entry. */
class Components {
  readonly schemas: Record<string, Schema> = {};

  /** The schema with named parts as references. */
  of(type: z.ZodType, io: "input" | "output"): Schema {
    // Inside an object a named schema becomes a reference, at the root it would be inlined.
    const whole = z.toJSONSchema(z.object({ root: type }), { io, unrepresentable: "any" }) as unknown as {
      properties: { root: Schema };
      $defs?: Record<string, Schema>;
    };
    const names = new Map<string, string>();
    const defs = Object.entries(whole.$defs ?? {});
    for (const [id, schema] of defs) names.set(id, this.#nameFor(id, schema, io));
    for (const [id, schema] of defs) this.schemas[names.get(id)!] = rewired(schema, names) as Schema;
    return rewired(whole.properties.root, names) as Schema;
  }

  #nameFor(id: string, schema: Schema, io: "input" | "output"): string {
    const known = this.#raw.get(id);
    const text = canonical(schema);
    if (known === undefined || known === text) {
      this.#raw.set(id, text);
      return id;
    }
    return io === "input" ? `${id}Input` : `${id}Output`;
  }
  readonly #raw = new Map<string, string>();
}

/** References into `$defs` as references into the document's components. */
function rewired(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => rewired(one, names));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "$schema" && key !== "id" && key !== "$id")
      .map(([key, one]) => {
        if (key !== "$ref" || typeof one !== "string")
          return [key, key === "properties" ? rewiredEach(one, names) : rewired(one, names)];
        const id = one.replace(/^#\/\$defs\//, "");
        return [key, `#/components/schemas/${names.get(id) ?? id}`];
      }),
  );
}

/** The members of `properties` are names an author chose: `id` among them is a property, not a keyword. */
function rewiredEach(properties: unknown, names: ReadonlyMap<string, string>): unknown {
  return Object.fromEntries(
    Object.entries(properties as Record<string, unknown>).map(([name, schema]) => [name, rewired(schema, names)]),
  );
}
