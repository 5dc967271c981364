/** Work that a search may still do, counted and not timed, so that the same rules always get the same answer. */
export class Budget {
  #left: number;
  #whole: Budget | undefined;
  constructor(steps: number) {
    this.#left = steps;
  }
  /** A part of what is left, for one question among many; what it spends is spent here too. */
  part(steps: number): Budget {
    const part = new Budget(Math.min(steps, this.#left));
    part.#whole = this;
    return part;
  }
  /** Pays for some steps; false once there is nothing left. */
  spend(steps: number): boolean {
    this.#left -= steps;
    this.#whole?.spend(steps);
    return this.#left > 0;
  }
  get spent(): boolean {
    return this.#left <= 0;
  }
}
