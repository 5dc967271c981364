/** The policy does not open this for whoever asks. It becomes a 403 and a row of the audit log. */
export class Forbidden extends Error {
  /** What was asked for, for the audit log: kind and id, never content. */
  readonly what: { kind: string; id: string };
  constructor(message: string, what: { kind: string; id: string }) {
    super(message);
    this.name = "Forbidden";
    this.what = what;
  }
}

/** Nobody is signed in. */
export class NotSignedIn extends Error {
  constructor() {
    super("Sign in first.");
    this.name = "NotSignedIn";
  }
}
