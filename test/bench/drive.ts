import { Agent, request } from "node:http";
import { quantile } from "./world.ts";

/** What so many clients got out of a server. */
export interface Rate {
  perSecond: number;
  p50: number;
  p99: number;
  /** All that were sent, warm-up included. */
  sent: number;
}

/** As many clients as asked for, each sending its next command when the last is answered; the first second is not counted. */
export async function drive(
  clients: number,
  seconds: number,
  send: (client: number, n: number) => Promise<void>,
): Promise<Rate> {
  const waits: number[] = [];
  let sent = 0;
  let measuring = false;
  const end = performance.now() + 1_000 + seconds * 1_000;
  setTimeout(() => {
    measuring = true;
  }, 1_000).unref();
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

/** Posts JSON to a port of this machine, every client on a connection that is kept; rejects whatever is not answered 200. */
export function poster(port: number, clients: number, headers: Record<string, string> = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const post = (path: string, body: string, more: Record<string, string> = {}) =>
    new Promise<string>((resolve, reject) => {
      const sent = request(
        {
          agent,
          port,
          host: "127.0.0.1",
          method: "POST",
          path,
          headers: {
            ...headers,
            ...more,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          let said = "";
          response.setEncoding("utf8").on("data", (part: string) => {
            said += part;
          });
          response.on("end", () =>
            response.statusCode === 200 ? resolve(said) : reject(new Error(`${response.statusCode} ${said}`)),
          );
        },
      );
      sent.on("error", reject).end(body);
    });
  return { post, end: () => agent.destroy() };
}
