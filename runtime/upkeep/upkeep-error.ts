/** An upkeep command that cannot be carried out: the reason and the way out, for people. Nothing was changed. */
export class UpkeepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UpkeepError";
  }
}
