/**
 * The pairs (from, to) that close a loop: `from` can be reached again from `to`. Tarjan's strongly connected components,
 * so that a definition of thousands of steps costs linear time.
 */
export function loopsOf(edges: ReadonlyMap<string, readonly string[]>): (from: string, to: string) => boolean {
  const component = new Map<string, number>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  let next = 0;
  let components = 0;

  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const work: { node: string; child: number }[] = [{ node: root, child: 0 }];
    while (work.length > 0) {
      const top = work.at(-1)!;
      if (top.child === 0) {
        index.set(top.node, next);
        low.set(top.node, next++);
        stack.push(top.node);
      }
      const children = edges.get(top.node) ?? [];
      const child = children[top.child++];
      if (child !== undefined) {
        if (!index.has(child)) work.push({ node: child, child: 0 });
        else if (!component.has(child)) low.set(top.node, Math.min(low.get(top.node)!, index.get(child)!));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(top.node)!));
      if (low.get(top.node) === index.get(top.node)) {
        let member: string;
        do {
          member = stack.pop()!;
          component.set(member, components);
        } while (member !== top.node);
        components++;
      }
    }
  }
  return (from, to) => component.get(from) !== undefined && component.get(from) === component.get(to);
}
