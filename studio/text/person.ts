/** One or two letters for a small round picture: "Ana Ruiz" is "AR". */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

/** Names in a sentence: "Ana Ruiz", "Ana Ruiz and Tom Li", "Ana Ruiz, Tom Li and 3 more". */
export function nameList(people: readonly { name: string }[], most = 3): string {
  const names = people.map((person) => person.name);
  if (names.length === 0) return "nobody";
  if (names.length > most) return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
