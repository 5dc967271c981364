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
