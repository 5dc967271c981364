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
  async run(runtime, row) {
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
      });
    } catch (cause) {
      throw asEnd(cause);
    }
    faultPoint("after-effect");
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

/** What the mail server said: 5xx is for good, all else may pass. */
function asEnd(cause: unknown): Error {
  const code = (cause as { responseCode?: number }).responseCode;
  const said = cause instanceof Error ? cause.message : String(cause);
  if (code !== undefined && code >= 500) return new GiveUp(`The mail server refused it: ${said.slice(0, 300)}`);
  return new TryAgain(`The mail server could not be reached: ${said.slice(0, 300)}`);
}
