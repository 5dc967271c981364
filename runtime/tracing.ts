import { AsyncLocalStorage } from "node:async_hooks";
import type { Attributes, Span, Tracer } from "@opentelemetry/api";

type Api = typeof import("@opentelemetry/api");
/** Where spans go. One per process, as OpenTelemetry has it; null: nobody asked for traces. */
let on: { api: Api; tracer: Tracer; stop(): Promise<void> } | null = null;
const active = new AsyncLocalStorage<Span>();

/**
 * Begins to send traces to an OTLP collector over HTTP. The other `OTEL_…` variables (headers, timeouts) mean what
 * OpenTelemetry says. The libraries are loaded here and nowhere else.
 *
 * @param endpoint as in `OTEL_EXPORTER_OTLP_ENDPOINT`, without `/v1/traces`
 */
export async function startTracing(endpoint: string, service = "rondo"): Promise<void> {
  const [api, sdk, exporter, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const provider = new sdk.NodeTracerProvider({
    resource: resources.resourceFromAttributes({ "service.name": service }),
    spanProcessors: [new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter({ url }))],
  });
  on = { api, tracer: provider.getTracer("rondo"), stop: () => provider.shutdown() };
}

/** Sends what is left, and stops tracing. */
export async function stopTracing(): Promise<void> {
  const { stop } = on ?? {};
  on = null;
  await stop?.();
}

/**
 * Runs something within a span of the trace under way. Without tracing it is just run.
 *
 * @param attributes ids, kinds and codes; never content
 * @param parent a W3C `traceparent`, where the trace began elsewhere: a caller's header, an effect's row
 */
export function span<T>(
  name: string,
  attributes: Attributes,
  run: () => Promise<T>,
  parent?: string | null,
): Promise<T> {
  return on === null ? run() : within(on, name, attributes, run, parent ?? null);
}

async function within<T>(
  { api, tracer }: NonNullable<typeof on>,
  name: string,
  attributes: Attributes,
  run: () => Promise<T>,
  parent: string | null,
): Promise<T> {
  const outer = parent === null ? active.getStore()?.spanContext() : contextOf(parent);
  const context = outer ? api.trace.setSpanContext(api.ROOT_CONTEXT, outer) : api.ROOT_CONTEXT;
  const one = tracer.startSpan(name, { attributes }, context);
  try {
    return await active.run(one, run);
  } catch (cause) {
    // The kind of failure only: a message may quote what somebody wrote.
    one.setStatus({
      code: api.SpanStatusCode.ERROR,
      message: (cause as { code?: string }).code ?? (cause as Error).name,
    });
    throw cause;
  } finally {
    one.end();
  }
}

/** The `traceparent` of what is under way; null where nothing is traced. */
export function currentTrace(): string | null {
  const context = on === null ? undefined : active.getStore()?.spanContext();
  return context ? `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}` : null;
}

/** The id of the trace under way, for log lines; undefined where nothing is traced. */
export const currentTraceId = (): string | undefined => currentTrace()?.slice(3, 35);

function contextOf(traceparent: string) {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent);
  if (!match) return undefined;
  return { traceId: match[1]!, spanId: match[2]!, traceFlags: Number.parseInt(match[3]!, 16), isRemote: true };
}
