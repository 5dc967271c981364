import { tryDayOfDate } from "#engine/time/epoch-day.ts";
import { requireFigures } from "../../projections/metric-access.ts";
import type { SeriesOf } from "../../projections/metric-figures.ts";
import { metricRows } from "../../projections/metric-rows.ts";
import { seriesView } from "../../projections/series-view.ts";
import { visibleSubjects } from "../../projections/visible-subjects.ts";
import { listObservations } from "../../store/observations-list.ts";
import { positionCursor } from "../cursor.ts";
import type { HandlersOf } from "../handler.ts";
import { BadRequest } from "../problem.ts";

/** The registry of metrics and what is stored of them. */
export const metrics: HandlersOf<"metrics" | "series" | "observations"> = {
  metrics: async (_, { runtime, reader }) => ({ items: await metricRows(runtime, reader) }),

  series: async ({ params, query }, { runtime, access, reader }) => {
    if (query.person !== undefined && query.unit !== undefined) {
      throw new BadRequest(400, "bad-input", "Ask for a person or for a unit, not for both.");
    }
    const of: SeriesOf =
      query.person !== undefined
        ? { kind: "person", id: query.person }
        : query.unit !== undefined
          ? { kind: "unit", id: query.unit }
          : { kind: "organisation" };
    const range = { ...dateOf("from", query.from), ...dateOf("to", query.to) };
    return seriesView(runtime, reader, params.id, of, range, (await access.settings()).title);
  },

  observations: async ({ query }, { runtime, reader }) => {
    if (query.person !== undefined) {
      requireFigures(reader, { kind: "person", id: query.person }, await runtime.organisation.directory());
    }
    const visible = query.person === undefined ? visibleSubjects(reader.policy) : undefined;
    const cursor = positionCursor(query.cursor);
    const page = await listObservations(runtime.db, {
      metric: query.metric,
      ...(query.person === undefined ? {} : { subject: query.person }),
      ...(visible === undefined ? {} : { visible }),
      ...(query.asOf === undefined ? {} : { knownAt: query.asOf }),
      ...(cursor === undefined ? {} : { cursor }),
      limit: query.limit ?? 50,
    });
    return { ...page, items: page.items.map(({ subjectKind: _kind, ...observation }) => observation) };
  },
};

function dateOf<Name extends string>(name: Name, text: string | undefined): { [N in Name]?: string } {
  if (text === undefined) return {};
  if (tryDayOfDate(text) === undefined) {
    throw new BadRequest(400, "bad-input", `"${text}" is not a date. Write ${name} as 2026-03-31.`);
  }
  return { [name]: text } as { [N in Name]?: string };
}
