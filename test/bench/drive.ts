import { connect, type Socket } from "node:net";
import { quantile } from "./world.ts";

/** What so many clients got out of a server. */
export interface Rate {
  perSecond: number;
  p50: number;
  p99: number;
  /** All that were sent, warm-up included. */
  sent: number;
}

/** Not counted: both sides are compiled by the time it counts. */
const WARM_UP_MS = 2_000;

/** As many clients as asked for, each sending its next command when the last is answered; the warm-up is not counted. */
export async function drive(
  clients: number,
  seconds: number,
  send: (client: number, n: number) => Promise<void>,
): Promise<Rate> {
  const waits: number[] = [];
  let sent = 0;
  let measuring = false;
  const end = performance.now() + WARM_UP_MS + seconds * 1_000;
  setTimeout(() => {
    measuring = true;
  }, WARM_UP_MS).unref();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < end; n++) {
        const asked = performance.now();
        await send(client, n);
        sent += 1;
        if (measuring) waits.push(performance.now() - asked);
      }
    }),
  );
  return { perSecond: waits.length / seconds, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), sent };
}

/**
 * Posts JSON to a port of this machine over as many kept connections; rejects whatever is not answered 200. Plain sockets: the
 * machine has two cores, and what a whole HTTP client takes of them would be measured as the server's.
 */
export function poster(port: number, clients: number, headers: Record<string, string> = {}) {
  const head = (more: Record<string, string>) =>
    Object.entries({ host: "127.0.0.1", "content-type": "application/json", ...headers, ...more })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
  const idle = Array.from({ length: clients }, () => new Line(port));
  const all = [...idle];
  const post = async (path: string, body: string, more: Record<string, string> = {}): Promise<string> => {
    const line = idle.pop();
    if (!line) throw new Error(`more than ${clients} requests at once`);
    const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
    const { status, said } = await line.ask(`POST ${path} HTTP/1.1\r\n${head(more)}${length}\r\n${body}`);
    idle.push(line);
    if (status !== 200) throw new Error(`${status} ${said}`);
    return said;
  };
  const end = () => {
    for (const line of all) line.end();
  };
  return { post, end };
}

/** One kept connection with one request on its way. */
class Line {
  readonly #socket: Socket;
  #said = "";
  #asked: PromiseWithResolvers<{ status: number; said: string }> | null = null;

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (part: string) => this.#hear(part));
    this.#socket.on("error", (cause) => this.#asked?.reject(cause));
    this.#socket.on("close", () => this.#asked?.reject(new Error("the connection was closed")));
  }

  ask(request: string): Promise<{ status: number; said: string }> {
    this.#asked = Promise.withResolvers();
    this.#socket.write(request);
    return this.#asked.promise;
  }

  end(): void {
    this.#asked = null;
    this.#socket.destroy();
  }

  #hear(part: string): void {
    this.#said += part;
    const end = this.#said.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = this.#said.slice(0, end);
    const body = this.#said.slice(end + 4);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined ? !body.endsWith("0\r\n\r\n") : body.length < Number(length)) return;
    this.#said = "";
    this.#asked?.resolve({ status: Number(head.slice(9, 12)), said: body });
  }
}
