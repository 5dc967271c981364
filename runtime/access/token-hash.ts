import { hash, randomBytes } from "node:crypto";

/** What is kept of a secret: its SHA-256. A secret of 32 random bytes needs no salt. */
export const tokenHash = (token: string): string => hash("sha256", token, "hex");

/** A new secret for a link or a key. */
export const newToken = (prefix: string): string => `${prefix}_${randomBytes(32).toString("base64url")}`;
