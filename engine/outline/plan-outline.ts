import type { DefinitionOf } from "../definition/definition.ts";
import { percentText } from "../incentive/numeric.ts";
import type { Rate } from "../incentive/plan.ts";
import { pointer } from "../words/pointer.ts";
import type { OutlineEdge, OutlineNode } from "./model.ts";
import type { Wording } from "./wording.ts";
import { capital, spell } from "./words.ts";

/** A plan as the road of its calculation: measures, components, modifiers, limits, payout. */
export function planOutline(
  plan: DefinitionOf<"plan">,
  wording: Wording,
): { nodes: OutlineNode[]; edges: OutlineEdge[] } {
  const nodes: OutlineNode[] = [];
  const edges: OutlineEdge[] = [];
  const add = (node: Omit<OutlineNode, "chips" | "start"> & { chips?: string[] }) =>
    nodes.push({ chips: [], start: false, ...node });
  const join = (from: string, to: string, label: string, path: string) =>
    edges.push({ id: `$${from}-${to}`, from, to, label, event: "", guarded: false, path });

  const road = lateStages(plan, wording);
  const afterComponents = road[0]?.id ?? "$payout";
  for (const [index, component] of (plan.components ?? []).entries()) {
    const path = pointer("components", index);
    const measure = `$measure-${component.measure}`;
    if (!nodes.some((node) => node.id === measure)) {
      add({
        id: measure,
        kind: "measure",
        title: capital(wording.document("metric", component.measure).slice(1, -1)),
        path: `${path}/measure`,
      });
    }
    const chips = [
      spell(component.curve.kind),
      ...(component.gate ? ["gated"] : []),
      ...(component.cap ? ["capped"] : []),
    ];
    add({
      id: component.id,
      kind: "component",
      title: component.title,
      subtitle: `Weight ${rate(component.weight, wording)}`,
      chips,
      path,
    });
    join(measure, component.id, "attainment", `${path}/measure`);
    join(component.id, afterComponents, rate(component.weight, wording), `${path}/weight`);
  }
  if (plan.basis === "transaction" && plan.transaction) {
    add({
      id: "$deals",
      kind: "measure",
      title: `Each ${spell(plan.transaction)}`,
      subtitle: plan.amount ?? "",
      path: "/transaction",
    });
    add({
      id: "$rate",
      kind: "component",
      title: "Rate by band",
      subtitle: `${plan.rate?.bands.length ?? 0} bands`,
      path: "/rate",
    });
    join("$deals", "$rate", plan.rate?.by ?? "", "/rate/by");
    join("$rate", afterComponents, "", "/rate");
  }
  for (const [index, stage] of road.entries()) {
    add(stage);
    join(stage.id, road[index + 1]?.id ?? "$payout", "", stage.path);
  }
  add({ id: "$payout", kind: "payout", title: "Payout", subtitle: `${plan.currency} per ${plan.period}`, path: "" });
  return { nodes, edges };
}

/** What comes after the components, in the order of calculation. */
function lateStages(plan: DefinitionOf<"plan">, wording: Wording): Omit<OutlineNode, "chips" | "start">[] {
  const caps = plan.cap === undefined ? [] : [plan.cap].flat();
  return [
    ...(plan.modifiers ?? []).map((modifier, index) => ({
      id: `$modifier-${index}`,
      kind: "modifier" as const,
      title: modifier.title ?? capital(wording.document("ruleset", modifier.rules).slice(1, -1)),
      subtitle: "Multiplies the payout",
      path: pointer("modifiers", index),
    })),
    ...caps.map((cap, index) => ({
      id: `$cap-${index}`,
      kind: "limit" as const,
      title: "Cap",
      subtitle: `${rate(cap.value, wording)} per ${cap.per}`,
      path: Array.isArray(plan.cap) ? pointer("cap", index) : "/cap",
    })),
    ...(plan.windfall
      ? [
          {
            id: "$windfall",
            kind: "limit" as const,
            title: "Windfall review",
            subtitle: `Above ${rate(plan.windfall.above, wording)}`,
            path: "/windfall",
          },
        ]
      : []),
    ...(plan.holdback
      ? [
          {
            id: "$holdback",
            kind: "limit" as const,
            title: "Holdback",
            subtitle: `${rate(plan.holdback.share, wording)} for ${wording.shortDuration(plan.holdback.release.after)}`,
            path: "/holdback",
          },
        ]
      : []),
  ];
}

const rate = (value: Rate, wording: Wording) => (typeof value === "string" ? percentText(value) : wording.value(value));
