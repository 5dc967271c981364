/** The fact that says which day it is: a calendar date, at the place of whom a case is about. */
export const TODAY = "time.today";
