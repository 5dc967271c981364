/** What a case is about, as it crosses the wire: the same as in a document. */
export { Subject } from "../words/subject.ts";
