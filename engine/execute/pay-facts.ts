/** Whether a fact tells somebody's pay: whoever may not see pay gets no value for it, and no reason that rests on it. */
export const tellsPay = (fact: string): boolean => fact === "person.salary" || fact === "subject.salary";
