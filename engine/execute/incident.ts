/** The machine could not carry an event out. The case keeps its state, and the message goes to whoever looks after it. */
export class Incident extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Incident";
  }
}
