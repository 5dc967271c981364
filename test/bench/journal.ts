import { replay } from "#engine";
import { command } from "../../runtime/commands/handle.ts";
import { launch } from "../../runtime/commands/launch.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { entryHash, GENESIS } from "../../runtime/store/case-lanes.ts";
import { loadCases } from "../../runtime/store/cases-load.ts";
import { readJournal } from "../../runtime/store/journal-read.ts";
import { type Figure, figuresOf } from "./figure.ts";
import { benchHost, benchPerson } from "./world.ts";

const CASES = 2_000;
const HAND_OVERS = 9;

/** How fast journals are verified and replayed, beside only reading them. */
export async function bench(): Promise<Figure[]> {
  const { figures, figure } = figuresOf("journal");
  const { host, end } = await benchHost(CASES);
  try {
    await launch(host, SYSTEM, "question", {
      people: Array.from({ length: CASES }, (_, n) => benchPerson(n)),
      period: "2026",
    });
    await host.idle();
    const ids = (await host.db.read<{ id: string }>("SELECT id FROM cases")).map(({ id }) => id);
    for (let n = 0; n < HAND_OVERS; n++) {
      await Promise.all(
        ids.map((caseId) =>
          command(host, SYSTEM, caseId, {
            command: { type: "transfer", task: `${caseId}/1/1`, to: n % 2 === 0 ? "ben" : "ana", reason: "bench" },
          }),
        ),
      );
    }
    const bundle = (await loadCases(host.db, [ids[0]!])).get(ids[0]!)!.frame.bundle;
    const { compiled } = await host.catalogue.pinned(bundle);
    const entries = ids.length * (HAND_OVERS + 1);
    const rate = async (work: (journal: Awaited<ReturnType<typeof readJournal>>, id: string) => void) => {
      const began = performance.now();
      for (const id of ids) work(await readJournal(host.db, id), id);
      return entries / ((performance.now() - began) / 1000);
    };
    await rate((journal) =>
      replay(
        compiled,
        journal.map(({ entry }) => entry),
      ),
    );
    const reading = await rate(() => undefined);
    const verifying = await rate((journal, id) => {
      let head = GENESIS;
      for (const { seq, text, previous, hash } of journal) {
        if (previous !== head || entryHash(id, seq, head, text) !== hash) throw new Error("the chain is broken");
        head = hash;
      }
    });
    const replaying = await rate((journal) =>
      replay(
        compiled,
        journal.map(({ entry }) => entry),
      ),
    );
    figure("entries read and their chain verified, beside only read", verifying, reading, "entries/s");
    figure("entries read and replayed to the snapshot, beside only read", replaying, reading, "entries/s");
    return figures;
  } finally {
    await end();
  }
}
