/** A part of a description: a heading and the sentences under it. */
export interface DescriptionSection {
  heading: string;
  sentences: string[];
}

/** A definition in plain English. */
export interface Description {
  title: string;
  sections: DescriptionSection[];
}
