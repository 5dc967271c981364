import type { Effect, Message } from "#engine/execute/state.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { sentence, spelled } from "./say.ts";

/** What an effect does, as a sentence without content of cases: this list is for whoever keeps the server going. */
export function effectInWords(kind: string, payload: unknown, directory: Directory): string {
  switch (kind) {
    case "email": {
      const { person, message } = payload as { person?: string; message?: Message };
      return `E-mail to ${person ? directory.nameOf(person) : "somebody"}: ${message?.title ?? "a message"}.`;
    }
    case "start-case": {
      const effect = payload as Partial<Extract<Effect, { kind: "start-case" }>>;
      return `Start ${effect.definition?.id ?? "a case"}${effect.subject ? ` for ${effect.subject.id}` : ""}.`;
    }
    case "call":
      return `Call ${hostOf((payload as { url?: string }).url)}.`;
    case "answer-again":
      return "Wait once more for the answer to a call.";
    case "announce":
      return `Tell whoever listens: ${(payload as { on?: string }).on ?? "something happened"}.`;
    case "follow": {
      const people = (payload as { people?: string[] }).people?.length ?? 0;
      return `Tell open cases that ${people === 1 ? "somebody has" : `${people} people have`} moved.`;
    }
    default:
      return `${sentence(spelled(kind))}.`;
  }
}

/** Of an address only the host: the rest may carry a secret. */
function hostOf(url: string | undefined): string {
  try {
    return new URL(url ?? "").host;
  } catch {
    return "an address";
  }
}
