/** One measured figure: ours beside what one would otherwise do, in the same run on the same machine. */
export interface Figure {
  bench: string;
  name: string;
  ours: number;
  theirs: number;
  /** How many times better ours is; for a budget of the form "within n times", how many times as much ours takes: the unit says so. */
  ratio: number;
  unit: string;
}

/** Units of which less is better. */
const LESS = ["ms", "µs"];

/** A list of figures and what adds one: how many times better ours is, more being better of a rate and less of a time. */
export function figuresOf(bench: string) {
  const figures: Figure[] = [];
  const rounded = (value: number) => Math.round(value * 100) / 100;
  const figure = (name: string, ours: number, theirs: number, unit: string) => {
    const better = LESS.includes(unit) ? theirs / ours : ours / theirs;
    figures.push({ bench, name, ours: rounded(ours), theirs: rounded(theirs), ratio: rounded(better), unit });
  };
  return { figures, figure };
}
