import { ProblemError } from "./problem-error.ts";

/** Opens a session by e-mail and password (better-auth). Throws ProblemError with a sentence for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  await auth("/api/auth/sign-in/email", { email, password });
}

/** Ends the session on this device. */
export async function signOut(): Promise<void> {
  await auth("/api/auth/sign-out", {});
}

async function auth(address: string, body: object): Promise<void> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify(body),
    });
  } catch {
    throw new ProblemError({ title: "Rondo cannot be reached. Check the connection.", status: 0, code: "offline" });
  }
  if (response.ok) return;
  const wrong = response.status === 401 || response.status === 403;
  throw new ProblemError({
    title: wrong
      ? "That e-mail and password do not belong together. Check both and try again."
      : response.status === 429
        ? "Too many tries. Wait a minute, then try again."
        : "Signing in did not work. Try again in a moment.",
    status: response.status,
    code: wrong ? "wrong-password" : `http-${response.status}`,
  });
}
