/** Work that a search may still do, counted and not timed, so that the same rules always get the same answer. */
export class Budget {
  #left: number;
  constructor(steps: number) {
    this.#left = steps;
  }
  /** Pays for some steps; false once there is nothing left. */
  spend(steps: number): boolean {
    this.#left -= steps;
    return this.#left > 0;
  }
  get spent(): boolean {
    return this.#left <= 0;
  }
}
