/** One measured figure: ours beside what one would otherwise do, in the same run on the same machine. */
export interface Figure {
  bench: string;
  name: string;
  ours: number;
  theirs: number;
  /** How many times better ours is; for budgets of the form "within n times", theirs ÷ ours of the times. */
  ratio: number;
  unit: string;
}
