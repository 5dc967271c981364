import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import { meaningOf } from "../definition/hash.ts";
import { sameJson } from "../words/json.ts";
import { pointer } from "../words/pointer.ts";
import { changedPlace, type Place, partName } from "./changed-place.ts";
import { changedValue, isOneValue } from "./changed-value.ts";
import { type Wording, wordingOf } from "./wording.ts";
import { capital } from "./words.ts";

/** One difference between two versions, as a sentence. */
export interface Change {
  kind: "added" | "removed" | "changed";
  /** JSON Pointer into the later version; for what was removed, into the earlier one. */
  path: string;
  words: string;
}

const MOST = 500;

/**
 * What changed in meaning from one version to the next, in words, in the order of the later one: steps, levels, rules,
 * questions and fields by their names, values before and after. Moving boxes and writing notes changes nothing.
 */
export function semanticDiff(before: Definition, after: Definition, catalogue?: Catalogue): Change[] {
  const wordings = { before: wordingOf(before, catalogue), after: wordingOf(after, catalogue) };
  const found: Change[] = [];
  compare(meaningOf(before), meaningOf(after), [], wordings, found);
  if (found.length <= MOST) return found;
  const rest: Change = { kind: "changed", path: "", words: `And ${found.length - MOST} more changes.` };
  return [...found.slice(0, MOST), rest];
}

interface Wordings {
  before: Wording;
  after: Wording;
}

/** A place with the values there, so that it can be called by its title. */
function compare(before: unknown, after: unknown, at: Place, wordings: Wordings, found: Change[]): void {
  if (sameJson(before, after)) return;
  const isSplit = isObject(before) && isObject(after) && !isOneValue(at, before) && !isOneValue(at, after);
  if (!isSplit) {
    found.push(leaf(before, after, at, wordings));
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, at, wordings, found);
  else if (!Array.isArray(before) && !Array.isArray(after)) {
    const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
    for (const key of new Set([...Object.keys(is), ...Object.keys(was)])) {
      compare(was[key], is[key], [...at, { key, value: is[key] ?? was[key] }], wordings, found);
    }
  } else found.push(leaf(before, after, at, wordings));
}

/** Entries with an id are matched by it, others by position between what is equal at the start and at the end. */
function compareLists(before: unknown[], after: unknown[], at: Place, wordings: Wordings, found: Change[]): void {
  const step = (value: unknown, index: number): Place => [...at, { key: index, value }];
  const [was, is] = [before.map(idOf), after.map(idOf)];
  if (isKeyed(was) && isKeyed(is)) {
    for (const [index, id] of is.entries()) {
      const old = was.indexOf(id);
      compare(old === -1 ? undefined : before[old], after[index], step(after[index], index), wordings, found);
    }
    for (const [index, id] of was.entries()) {
      if (!is.includes(id)) compare(before[index], undefined, step(before[index], index), wordings, found);
    }
    const kept = was.filter((id) => is.includes(id));
    const order = is.filter((id) => was.includes(id));
    if (!sameJson(kept, order))
      found.push({ kind: "changed", path: pathOf(at), words: `The order of ${changedPlace(at)} changed.` });
    return;
  }
  let start = 0;
  while (start < before.length && start < after.length && sameJson(before[start], after[start])) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && sameJson(before.at(-1 - end), after.at(-1 - end)))
    end++;
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  for (let index = 0; index < Math.max(gone.length, come.length); index++) {
    const [old, now] = [gone[index], come[index]];
    compare(old, now, step(now ?? old, start + index), wordings, found);
  }
}

const idOf = (value: unknown): string | undefined => {
  if (!isObject(value) || Array.isArray(value)) return undefined;
  const { id, name } = value as { id?: unknown; name?: unknown };
  return typeof id === "string" ? id : typeof name === "string" ? name : undefined;
};

/** Whether each entry has an id of its own. */
function isKeyed(ids: (string | undefined)[]): ids is string[] {
  return ids.every((id) => id !== undefined) && new Set(ids).size === ids.length;
}

function leaf(before: unknown, after: unknown, at: Place, wordings: Wordings): Change {
  const path = pathOf(at);
  const part = partName(at);
  if (before === undefined) {
    const value = part ? "" : `: ${changedValue(at, after, wordings.after)}`;
    return { kind: "added", path, words: `${capital(part ?? changedPlace(at))} was added${value}.` };
  }
  if (after === undefined) {
    const value = part ? "" : ` (it was ${changedValue(at, before, wordings.before)})`;
    return { kind: "removed", path, words: `${capital(part ?? changedPlace(at))} was removed${value}.` };
  }
  const [was, is] = [changedValue(at, before, wordings.before), changedValue(at, after, wordings.after)];
  const words =
    was === is ? `${capital(changedPlace(at))} changed.` : `${capital(changedPlace(at))} changed from ${was} to ${is}.`;
  return { kind: "changed", path, words };
}

const isObject = (value: unknown): value is object => value !== null && typeof value === "object";
const pathOf = (at: Place) => pointer(...at.map(({ key }) => key));
