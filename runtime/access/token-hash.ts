import { createHash, randomBytes } from "node:crypto";

/** What is kept of a secret: its SHA-256. A secret of 32 random bytes needs no salt. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");

/** A new secret for a link or a key. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString("base64url")}`;
