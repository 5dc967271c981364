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

/** Headers that every answer carries. */
export const securityHeaders = createMiddleware<HttpEnv>(async (c, next) => {
  await next();
  c.header("content-security-policy", CONTENT_SECURITY);
  c.header("x-content-type-options", "nosniff");
  c.header("referrer-policy", "same-origin");
  c.header("x-frame-options", "DENY");
  c.header("cross-origin-opener-policy", "same-origin");
  c.header("permissions-policy", "camera=(), microphone=(), geolocation=()");
});
