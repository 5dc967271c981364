import { createMiddleware } from "hono/factory";
import type { HttpEnv } from "../handler.ts";

/**
 * What a page of ours may load: only what this server serves. `unsafe-eval` is there because the compiled rules are straight
 * code made with `new Function` (from literals in a constants array, never from text that somebody wrote); `unsafe-inline`
 * for styles is what Mantine and Monaco set on elements. Nothing may frame us.
 */
const CONTENT_SECURITY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = Object.entries({
  "content-security-policy": CONTENT_SECURITY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
});

/** Headers that every answer carries, set on the answer as it is: `c.header` would make it anew for each of them. */
export const securityHeaders = createMiddleware<HttpEnv>(async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of HEADERS) headers.set(name, value);
});
