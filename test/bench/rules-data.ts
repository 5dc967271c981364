/** Ten rules with three or four conditions each about a representative, and facts that answer them: the rule set of the speed figures. */
const DEPARTMENTS = ["sales", "support", "marketing", "finance"];

export interface BenchRule {
  name: string;
  priority: number;
  conditions: Record<string, unknown>;
  event: { type: string; params: Record<string, unknown> };
}

export function benchRules(count: number): BenchRule[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % 10;
    const comparisons: Record<string, unknown>[] = [
      { fact: "attainment", operator: "greaterThanInclusive", value: 0.5 + kind / 20 },
      { fact: "department", operator: "in", value: DEPARTMENTS.slice(0, 1 + (kind % 3)) },
      { fact: "employee", path: "$.rating", operator: "greaterThan", value: kind % 4 },
    ];
    if (kind % 2 === 0) comparisons.push({ fact: "complaints", operator: "lessThan", value: 3 + (index % 7) });
    const conditions =
      kind % 5 === 4
        ? { any: [comparisons[0], { all: comparisons.slice(1) }] }
        : { all: [...comparisons.slice(0, 2), { not: { any: comparisons.slice(2) } }] };
    return {
      name: `rule ${index}`,
      priority: 1 + (index % 3),
      conditions: kind % 2 === 0 ? conditions : { all: comparisons },
      event: { type: `bonus-${kind}`, params: { share: kind / 10 } },
    };
  });
}

/** Different facts, so that branches are not predicted once and for all. */
export function benchFacts(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    attainment: ((index * 37) % 140) / 100,
    department: DEPARTMENTS[index % DEPARTMENTS.length],
    employee: { id: `e-${index}`, rating: index % 6, unit: { region: "north" } },
    complaints: (index * 7) % 11,
    person: { role: "sales" },
  }));
}
