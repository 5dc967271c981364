import { BadRequest } from "./problem.ts";

/** Reads a body up to a limit; past it stops reading and refuses (413). Nothing past the limit is kept in memory. */
export async function readLimited(request: Request, limit: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (Number(declared ?? 0) > limit) throw tooLarge(limit);
  // No more than what was declared ever comes; reading it whole spares the streams, which cost more than a command.
  if (declared !== null && !request.bodyUsed) return new Uint8Array(await request.arrayBuffer());
  if (!request.body) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += piece.byteLength;
    if (size > limit) throw tooLarge(limit);
    pieces.push(piece);
  }
  return pieces.length === 1 ? pieces[0]! : new Uint8Array(Buffer.concat(pieces));
}

const tooLarge = (limit: number) =>
  new BadRequest(413, "too-large", `The body is longer than ${limit.toLocaleString("en")} bytes; send less at once.`);
