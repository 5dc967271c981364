import type { Json } from "#engine/words/json.ts";

/** Imported fields that hold pay, by their name. */
const PAY = /salar|pay|wage|income|bonus|commission|compensation|remuneration|incentive|stock|rate$/i;
/** Imported fields that hold ways to reach a person, or what identifies them outside. */
const CONTACT = /mail|phone|mobile|address|street|postal|zip|birth|bank|iban|passport|aadhaar|ssn|^pan$|national/i;

/** A person's further fields without those that hold pay. */
export const withoutPay = (fields: Record<string, Json>): Record<string, Json> => without(fields, PAY);

/** A person's further fields without pay and contact data: what the simulator may know. */
export const withoutPayAndContact = (fields: Record<string, Json>): Record<string, Json> =>
  without(without(fields, PAY), CONTACT);

function without(fields: Record<string, Json>, names: RegExp): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.test(name)));
}
