import { createHash } from "node:crypto";
import type { Transporter } from "nodemailer";
import type { Message } from "#engine/execute/state.ts";
import { faultPoint } from "../fault-points.ts";
import { type EffectHandler, GiveUp, settle, TryAgain } from "./effect.ts";

interface EmailPayload {
  id: string;
  person: string;
  message: Message;
}

const transports = new Map<string, Transporter>();

/**
 * Sends a message by e-mail, where a mail server is configured and the person has an address. Its Message-ID is made of the
 * message's id: a mail that had to be sent again after a crash is the same mail to every mail program. The text is minimal:
 * a mailbox is not our house.
 */
export const emailEffect: EffectHandler = {
  kind: "email",
  outside: true,
  async run(runtime, row, receiver) {
    const { smtpUrl, mailFrom, url } = runtime.config;
    const { id, person, message } = row.payload as EmailPayload;
    const address = (await runtime.organisation.directory()).person(person)?.email;
    if (!smtpUrl || !address) return settle(runtime, row);
    const link = message.task ? `${url}/tasks/${encodeURIComponent(message.task)}` : `${url}/inbox`;
    try {
      await (await transportOf(smtpUrl)).sendMail({
        from: mailFrom,
        to: address,
        subject: message.title.slice(0, 200),
        text: `${message.body}\n\n${link}\n`,
        messageId: messageId(id),
        headers: { "Auto-Submitted": "auto-generated" },
        // A server that says a letter now and then never lets a connection idle: in all, a mail has twice the time of a call.
        signal: AbortSignal.timeout(runtime.config.callSeconds * 2_000),
      });
    } catch (cause) {
      const end = asEnd(cause);
      if (refused(cause)) await receiver.answered();
      else await receiver.failed(end.message);
      throw end;
    }
    faultPoint("after-effect");
    await receiver.answered();
    await settle(runtime, row);
  },
};

/** The Message-ID of a message to a person: always the same. */
export function messageId(id: string): string {
  return `<${createHash("sha256").update(id).digest("hex").slice(0, 40)}@rondo.invalid>`;
}

async function transportOf(smtpUrl: string): Promise<Transporter> {
  // Large, and needed only where there is a mail server: a start does not wait for it.
  const { createTransport } = await import("nodemailer");
  let transport = transports.get(smtpUrl);
  if (!transport) {
    transport = createTransport(smtpUrl, {
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
    } as never);
    transports.set(smtpUrl, transport);
  }
  return transport;
}

/** Whether the mail server is well and says no to this one mail; 421 says that the server itself is not. */
function refused(cause: unknown): boolean {
  const code = (cause as { responseCode?: number }).responseCode;
  return code !== undefined && code !== 421;
}

/** What the mail server said: 5xx is for good, all else may pass. */
function asEnd(cause: unknown): Error {
  const code = (cause as { responseCode?: number }).responseCode;
  const said = cause instanceof Error ? cause.message : String(cause);
  if (code !== undefined && code >= 500) return new GiveUp(`The mail server refused it: ${said.slice(0, 300)}`);
  return new TryAgain(`The mail server could not be reached: ${said.slice(0, 300)}`);
}
