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
export const SECURITY_HEADERS = {
  "content-security-policy": CONTENT_SECURITY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
};
