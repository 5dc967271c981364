/** Hands a file to the person: text or bytes made here, nothing is asked of the server. */
export function download(name: string, content: string | Uint8Array, type: string): void {
  // A byte order mark has spreadsheet programs read text as what it is.
  const parts: BlobPart[] = typeof content === "string" ? ["\uFEFF", content] : [content as BlobPart];
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
