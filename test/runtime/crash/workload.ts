import type { CommandAnswer } from "#engine/contract/commands.ts";
import { canonical } from "#engine/words/json.ts";
import type { EmbeddedHost } from "../../../runtime/hosts/embedded.ts";
import type { MortalServer, Said } from "./mortal-server.ts";

const PEOPLE = ["ana", "ben", "mia", "rolf", "dora", "hana", "lone"];

interface Transfer {
  caseKey: string;
  marker: string;
  to: string;
}

/**
 * What clients do to a server that dies, and what they were promised: every request has a key and is sent until it is
 * answered; what was answered once must be answered the same for ever.
 */
export class Workload {
  readonly #server: MortalServer;
  readonly answers = new Map<string, unknown>();
  readonly violations: string[] = [];
  readonly #cases = new Map<string, string>();
  commands = 0;
  /** Hand-overs found in the journals at the end. */
  applied = 0;

  constructor(server: MortalServer) {
    this.#server = server;
  }

  /** Starts a case and hands its task to and fro; stops where the server dies, to go on when called again. */
  async run(name: string, transfers: number): Promise<void> {
    const start = `start-${name}`;
    const subject = PEOPLE[Math.abs(hash(name)) % PEOPLE.length]!;
    const begun = this.#note(
      start,
      await this.#server.ask({
        do: "start",
        input: {
          workflow: "question",
          subject: { kind: "person", id: subject },
          period: String(1000 + (Math.abs(hash(name)) % 8000)),
          key: start,
        },
      }),
    ) as (CommandAnswer & { existing: boolean }) | undefined;
    if (!begun) return;
    this.#cases.set(name, begun.caseId);
    const all = Array.from(
      { length: transfers },
      (_, n): Transfer => ({
        caseKey: name,
        marker: `${name}-transfer-${n}`,
        to: PEOPLE[n % PEOPLE.length]!,
      }),
    );
    // Three at a time of one case: they are chained in memory and must not be mixed up.
    for (let at = 0; at < all.length; at += 3) {
      await Promise.all(all.slice(at, at + 3).map((transfer) => this.#transfer(begun.caseId, transfer)));
      if (!this.#server.alive) return;
    }
  }

  async #transfer(caseId: string, { marker, to }: Transfer): Promise<void> {
    const said = await this.#server.ask({
      do: "command",
      caseId,
      input: { command: { type: "transfer", task: `${caseId}/1/1`, to, reason: marker }, key: marker },
    });
    this.#note(marker, said);
  }

  /** Launches for everybody, once. */
  async launch(period: string): Promise<void> {
    const key = `launch-for-${period}`;
    this.#note(
      key,
      await this.#server.ask({ do: "launch", input: { period, key } }),
      (answer) => (answer as { id: string }).id,
    );
  }

  /** Keeps what was promised; a later answer to the same key must be the same. */
  #note(key: string, said: Said, of: (answer: unknown) => unknown = (answer) => answer): unknown {
    this.commands += 1;
    if ("failed" in said) this.violations.push(`${key} failed: ${said.failed}`);
    // A case whose time ran out takes no more; any other refusal is one too many.
    if ("refused" in said && said.refused !== "closed" && said.refused !== "no-such-task") {
      this.violations.push(`${key} was refused: ${said.refused}`);
    }
    if ("refused" in said && this.answers.has(key))
      this.violations.push(`${key} was accepted and is refused now: ${said.refused}`);
    if (!("answer" in said)) return undefined;
    const known = this.answers.get(key);
    const answer = of(said.answer);
    if (this.answers.has(key) && canonical(known) !== canonical(answer)) {
      this.violations.push(`${key} was answered ${canonical(known)} and then ${canonical(answer)}`);
    }
    this.answers.set(key, answer);
    return said.answer;
  }

  /** What of the promises the store does not keep. */
  async broken(host: EmbeddedHost): Promise<string[]> {
    const found = [...this.violations];
    const entries = await host.db.read<{ marker: string; n: number }>(
      "SELECT json_extract(entry, '$.event.reason') AS marker, count(*) AS n FROM journal WHERE type = 'transfer' GROUP BY 1",
    );
    const counts = new Map(entries.map(({ marker, n }) => [marker, n]));
    this.applied = counts.size;
    for (const [marker, n] of counts) if (n !== 1) found.push(`${marker} was applied ${n} times`);
    for (const key of this.answers.keys()) {
      if (key.includes("-transfer-") && !counts.has(key)) found.push(`${key} was acknowledged and is lost`);
    }
    for (const [name, caseId] of this.#cases) {
      const [row] = await host.db.read("SELECT id FROM cases WHERE id = ?", [caseId]);
      if (!row) found.push(`the case of ${name} was acknowledged and is lost`);
    }
    const doubles = await host.db.read<{ key: string; n: number }>(
      "SELECT definition || key AS key, count(*) AS n FROM cases WHERE key IS NOT NULL GROUP BY definition, key HAVING count(*) > 1",
    );
    for (const { key, n } of doubles) found.push(`${n} cases have the key ${key}`);
    return found;
  }
}

function hash(text: string): number {
  let value = 17;
  for (const letter of text) value = (value * 31 + letter.charCodeAt(0)) | 0;
  return value;
}
