import { z } from "zod";
import { Id, Name } from "../words/ids.ts";
import { Parameter } from "./parameter.ts";

/** The members of every document, before its own. */
export const envelope = <Kind extends string>(kind: Kind) => ({
  kind: z.literal(kind),
  schema: z.literal(1),
  id: Id,
  title: z.string().min(1).max(200),
  description: z.string().max(4000).optional(),
  notes: z
    .array(z.strictObject({ text: z.string().max(4000), x: z.number().optional(), y: z.number().optional() }))
    .max(200)
    .optional(),
});

/** A document that runs declares parameters or takes those of the sheets it names. */
export const parameterised = {
  parameters: z.record(Name, Parameter).optional(),
  uses: z.array(Id).max(20).optional(),
};

/** Where the canvas draws each step; never part of the meaning. */
export const Layout = z
  .record(z.string().max(200), z.strictObject({ x: z.number(), y: z.number(), pinned: z.boolean().optional() }))
  .meta({ id: "Layout" });
export type Layout = z.infer<typeof Layout>;
