import { command } from "../../runtime/commands/handle.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import type { EmbeddedHost } from "../../runtime/hosts/embedded.ts";

/** What somebody waits for whose task is handed to and fro, a moment after each answer, while other work goes on: each wait in milliseconds. */
export async function commandsMeanwhile(host: EmbeddedHost, caseId: string, work: Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  ended.catch(() => undefined);
  for (let n = 0; !over; n++) {
    const asked = performance.now();
    const to = n % 2 === 0 ? "ben" : "ana";
    await command(host, SYSTEM, caseId, {
      command: { type: "transfer", task: `${caseId}/1/1`, to, reason: "bench" },
    });
    waits.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  return waits;
}
