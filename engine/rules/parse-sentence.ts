import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import type { Json } from "../words/json.ts";
import type { Condition, Conditions } from "./conditions.ts";
import { DECORATORS } from "./decorators.ts";
import type { FactUse } from "./facts.ts";
import { readValue } from "./sentence-value.ts";
import { type Meaning, meaningOf, VERBS } from "./sentence-verbs.ts";
import { factInWords, typeOf, type Wording } from "./words.ts";

export interface SentenceOptions extends Wording {
  /** Places that a sentence may speak of beside the declared facts, e.g. a metric's attainment with its params. */
  uses?: readonly FactUse[];
  /** The names of conditions that may be referred to in quotes. */
  shared?: Iterable<string>;
}

export type ParsedSentence = { ok: true; conditions: Conditions } | { ok: false; issues: Issue[] };

/**
 * Reads a sentence of the language that `conditionInWords` writes back into conditions:
 * `attainment is at least 80 % and (department is one of sales, support or not "senior")`. A group says either `and` or
 * `or`; brackets put one inside another; texts with commas or brackets stand in double quotes.
 * Never throws; what cannot be read is an issue that quotes the place.
 */
export function parseSentence(text: string, options: SentenceOptions = {}): ParsedSentence {
  if (text.length > LONGEST) {
    const hint = "split it into several rules";
    return { ok: false, issues: [error("sentence", "", `A sentence has at most ${LONGEST} characters.`, hint)] };
  }
  const reader = new SentenceReader(text.trim().replace(/\.$/, ""), options);
  try {
    const read = reader.all();
    // At the top a comparison cannot stand alone, and a name would be told by what it stands for.
    const conditions = "fact" in read || "condition" in read ? { all: [read] } : read;
    return { ok: true, conditions: conditions as Conditions };
  } catch (cause) {
    if (cause instanceof SentenceProblem)
      return { ok: false, issues: [error("sentence", "", cause.message, cause.hint)] };
    throw cause;
  }
}

class SentenceProblem extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Longer sentences are not read. */
const LONGEST = 20_000;
/** Brackets inside brackets that are followed; nobody reads more. */
const DEEPEST = 50;

interface Phrase {
  phrase: string;
  uses: FactUse[];
}

class SentenceReader {
  readonly #text: string;
  readonly #options: SentenceOptions;
  readonly #phrases: readonly Phrase[];
  readonly #shared: ReadonlySet<string>;
  #at = 0;
  #depth = 0;

  constructor(text: string, options: SentenceOptions) {
    this.#text = text;
    this.#options = options;
    this.#phrases = phrases(options);
    this.#shared = new Set(options.shared ?? []);
  }

  all(): Condition {
    const read = this.#group();
    if (this.#at < this.#text.length) throw this.#problem("The sentence goes on where it should end");
    return read;
  }

  #group(): Condition {
    if (++this.#depth > 2 * DEEPEST) throw new SentenceProblem("There are too many brackets inside brackets.");
    const members = [this.#term()];
    let joint: "and" | "or" | undefined;
    for (;;) {
      const found = /^\s+(and|or)\s+/i.exec(this.#rest)?.[0];
      if (found === undefined) break;
      const said = found.trim().toLowerCase() as "and" | "or";
      if (joint && said !== joint) {
        throw this.#problem('A group says "and" or "or", not both', "put brackets around one of them: a and (b or c)");
      }
      joint = said;
      this.#at += found.length;
      members.push(this.#term());
    }
    this.#depth--;
    if (!joint) return members[0] as Condition;
    return joint === "and" ? { all: members } : { any: members };
  }

  #term(): Condition {
    if (++this.#depth > 2 * DEEPEST) throw new SentenceProblem("There are too many parts inside parts.");
    const read = this.#part();
    this.#depth--;
    return read;
  }

  #part(): Condition {
    if (this.#take("always")) return { all: [] };
    if (this.#take("(")) {
      const inner = this.#group();
      if (!this.#take(")")) throw this.#problem("A bracket is not closed");
      // A bracket around one comparison says nothing; around a group it keeps it together.
      return inner;
    }
    if (this.#looksAt('"')) return this.#named();
    if (!/^not\s+all\s+of\s/i.test(this.#rest) && /^not\s/i.test(this.#rest)) {
      this.#take("not");
      this.#space();
      return { not: this.#term() };
    }
    return this.#comparison();
  }

  #named(): Condition {
    const condition = this.#quoted();
    if (!this.#take(", which nobody has defined") && this.#shared.size > 0 && !this.#shared.has(condition)) {
      throw new SentenceProblem(`There is no condition called "${condition}".`, didYouMean(condition, this.#shared));
    }
    return { condition };
  }

  #comparison(): Condition {
    const counted = COUNTED.find(({ words }) => this.#take(words));
    const use = this.#fact();
    this.#space();
    const decorated = this.#decorators();
    const verb = VERBS.find(({ phrase }) => this.#take(phrase));
    if (!verb) {
      throw this.#problem("A comparison is expected", 'e.g. "is", "is at least", "is one of", "is known"');
    }
    // What counts or turns round the members of a list is said of the plain verb: "some are not" is no "none is".
    const isPlain = !counted && decorated.names.length === 0;
    const plain = verb.meanings.filter((meaning) => !meaning.negated);
    const { value, meaning } = this.#value(use, isPlain || plain.length === 0 ? verb.meanings : plain);
    const asked = meaning.row.argument === "none" ? asking(meaning) : meaning;
    const names = [...(counted ? [counted.decorator] : []), ...decorated.names, asked.row.name];
    const leaf: Condition = { ...use, operator: names.join(":"), value };
    const negated = [asked.negated, counted?.negated === true, decorated.negated].filter(Boolean).length % 2 === 1;
    return negated ? { not: leaf } : leaf;
  }

  /** The longest phrase that stands here and means a fact. */
  #fact(): FactUse {
    const found = this.#phrases.find(({ phrase }) => this.#take(phrase));
    if (!found) {
      const word = this.#rest.split(/\s+(?:is|was|contains|starts|ends|changed|does)\b/)[0] ?? "";
      throw new SentenceProblem(
        `There is no fact called "${word.slice(0, 60)}".`,
        didYouMean(
          word,
          this.#phrases.map(({ phrase }) => phrase),
        ),
      );
    }
    const [use, other] = found.uses;
    if (other) {
      throw new SentenceProblem(`Several facts are called "${found.phrase}".`, "give one of them another title");
    }
    return use as FactUse;
  }

  #decorators(): { names: string[]; negated: boolean } {
    const match = /^(not\s+)?\(([^()]*)\)\s+/i.exec(this.#rest);
    if (!match) return { names: [], negated: false };
    const names = (match[2] ?? "").split(",").map((part) => {
      const label = part.trim().toLowerCase();
      const found = Object.entries(DECORATORS).find(([, row]) => row.label === label);
      if (!found) throw this.#problem(`"${label}" says nothing about how to compare`);
      return found[0];
    });
    this.#at += match[0].length;
    return { names, negated: match[1] !== undefined };
  }

  #value(use: FactUse, meanings: readonly Meaning[]): { value: Json; meaning: Meaning } {
    const type = typeOf(use, this.#options);
    const [first] = meanings as [Meaning, ...Meaning[]];
    if (first.row.argument === "none") return { value: true, meaning: first };
    this.#space();
    if (/^the text "/i.test(this.#rest)) {
      this.#take("the text");
      this.#space();
      const value = this.#quoted();
      return { value, meaning: meaningOf(meanings, value, type) };
    }
    if (first.row.argument === "range" || first.row.argument === "dates") return this.#range(meanings, type);
    const parts = this.#list();
    const [only = ""] = parts;
    const operand = parts.length === 1 ? this.#phrases.find(({ phrase }) => phrase === only.toLowerCase()) : undefined;
    if (operand) return { value: operand.uses[0] as unknown as Json, meaning: meaningOf(meanings, undefined, type) };
    const place = first.row.argument === "percent" ? {} : { type };
    const values = parts.map((part) => this.#read(part, place));
    const isEmpty = parts.length === 1 && Array.isArray(values[0]) && only.startsWith("an ");
    const asList = first.row.argument === "list" ? (isEmpty ? [] : values) : values.length > 1 ? values : values[0];
    return { value: asList as Json, meaning: meaningOf(meanings, asList, type) };
  }

  #range(meanings: readonly Meaning[], type: ReturnType<typeof typeOf>): { value: Json; meaning: Meaning } {
    const low = this.#one();
    if (/^[[{]/.test(low)) {
      const value = this.#read(low, { type }) as Json;
      return { value, meaning: meaningOf(meanings, value, type) };
    }
    const operand = this.#phrases.find(({ phrase }) => phrase === low.toLowerCase());
    if (operand) return { value: operand.uses[0] as unknown as Json, meaning: meaningOf(meanings, undefined, type) };
    if (!this.#take(" and ")) throw this.#problem('"between" needs two values', "e.g. between 3 and 15");
    const value = [this.#read(low, { type }), this.#read(this.#one(), { type })] as Json;
    return { value, meaning: meaningOf(meanings, value, type) };
  }

  #read(part: string, place: { type?: ReturnType<typeof typeOf> }): unknown {
    const value = readValue(part, place);
    if (value === undefined)
      throw this.#problem(`"${part.slice(0, 60)}" cannot be read`, "quotes and brackets come in pairs");
    return value;
  }

  /** Values with commas between them. */
  #list(): string[] {
    const parts = [this.#one()];
    while (this.#take(",")) {
      this.#space();
      parts.push(this.#one());
    }
    return parts;
  }

  /** One value: in quotes, in brackets, or up to the next comma, bracket, "and" or "or". */
  #one(): string {
    const match = /^(?:"(?:[^"\\]|\\.)*"|[[{].*|(?:(?!\s+(?:and|or)\s)[^,()])+)/is.exec(this.#rest)?.[0];
    if (match === undefined) throw this.#problem("A value is expected");
    const text = /^[[{]/.test(match) ? (balanced(match) ?? match) : match;
    this.#at += text.length;
    return text.trim();
  }

  #quoted(): string {
    const match = /^"(?:[^"\\]|\\.)*"/.exec(this.#rest)?.[0];
    const value = match && readValue(match, {});
    if (match === undefined || typeof value !== "string") throw this.#problem("A quote is not closed");
    this.#at += match.length;
    return value;
  }

  get #rest(): string {
    return this.#text.slice(this.#at);
  }

  #looksAt(words: string): boolean {
    return this.#text.slice(this.#at, this.#at + words.length).toLowerCase() === words.toLowerCase();
  }

  /** Takes words that stand here whole: not the beginning of a longer word. */
  #take(words: string): boolean {
    if (!this.#looksAt(words)) return false;
    const next = this.#text[this.#at + words.length] ?? "";
    if (/\w$/.test(words) && /[\w-]/.test(next)) return false;
    this.#at += words.length;
    if (words === "(") this.#space();
    return true;
  }

  #space(): void {
    this.#at += /^\s*/.exec(this.#rest)?.[0].length ?? 0;
  }

  #problem(message: string, hint?: string): SentenceProblem {
    const rest = this.#rest.trim();
    const place = rest === "" ? "at its end" : `at "${rest.slice(0, 60)}${rest.length > 60 ? "…" : ""}"`;
    return new SentenceProblem(`${message}, ${place}.`, hint);
  }
}

/** `is missing` and `is known` each have an operator of their own. */
function asking({ row, negated }: Meaning): Meaning {
  const other = VERBS.flatMap(({ meanings }) => meanings).find(
    (meaning) => !meaning.negated && meaning.row.argument === "none" && meaning.row.label === row.opposite,
  );
  return negated && other ? other : { row, negated };
}

/** How a sentence counts the members of a list. */
const COUNTED = [
  { words: "some of ", decorator: "someFact", negated: false },
  { words: "none of ", decorator: "someFact", negated: true },
  { words: "not all of ", decorator: "everyFact", negated: true },
  { words: "all of ", decorator: "everyFact", negated: false },
] as const;

/** The part of a text up to the bracket that closes its first; undefined where none does. */
function balanced(text: string): string | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (quoted) {
      if (one === "\\") at++;
      else if (one === '"') quoted = false;
    } else if (one === '"') quoted = true;
    else if (one === "[" || one === "{") depth++;
    else if ((one === "]" || one === "}") && --depth === 0) return text.slice(0, at + 1);
  }
  return undefined;
}

/** The phrases of all facts, the longest first, so that `sales target` is not read as `sales`. */
function phrases(options: SentenceOptions): Phrase[] {
  const uses: FactUse[] = [...(options.uses ?? []), ...Object.keys(options.facts ?? {}).map((fact) => ({ fact }))];
  const found = new Map<string, FactUse[]>();
  for (const use of uses) {
    const phrase = factInWords(use, options).toLowerCase();
    const known = found.get(phrase) ?? [];
    if (!known.some((other) => JSON.stringify(other) === JSON.stringify(use))) found.set(phrase, [...known, use]);
  }
  return [...found].map(([phrase, list]) => ({ phrase, uses: list })).sort((a, b) => b.phrase.length - a.phrase.length);
}
