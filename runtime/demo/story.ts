/**
 * The story that the data tell (FEATURES G11), month by month, the last of the twelve being the anchor month. Sales hold until
 * the last quarter and then fall; market share and reviews look good throughout; what customers and employees say turns one
 * to two quarters earlier. Levels are means; each subject scatters around them.
 */
export interface MonthOfStory {
  /** Laptops sold as a share of the target. */
  sales: number;
  grossMargin: number;
  customerRetention: number;
  nps: number;
  /** Mean days until a complaint is resolved. */
  complaintAgeing: number;
  /** Share of people leaving in the month. */
  attrition: number;
  /** Share of representatives who failed the product check. */
  trainingGap: number;
  marketShare: number;
  reviewScore: number;
  /** Complaints in the month, for the whole company. */
  complaints: number;
  thankYous: number;
}

const row = (
  sales: number,
  grossMargin: number,
  customerRetention: number,
  nps: number,
  complaintAgeing: number,
  attrition: number,
  trainingGap: number,
  marketShare: number,
  reviewScore: number,
  complaints: number,
  thankYous: number,
): MonthOfStory => ({
  sales,
  grossMargin,
  customerRetention,
  nps,
  complaintAgeing,
  attrition,
  trainingGap,
  marketShare,
  reviewScore,
  complaints,
  thankYous,
});

export const STORY: readonly MonthOfStory[] = [
  row(1.02, 0.285, 0.931, 44, 6.2, 0.012, 0.1, 0.181, 4.3, 52, 150),
  row(1.01, 0.284, 0.93, 44, 6.4, 0.012, 0.1, 0.181, 4.3, 54, 152),
  row(1.03, 0.285, 0.932, 45, 6.1, 0.011, 0.1, 0.182, 4.3, 50, 155),
  row(1.02, 0.286, 0.93, 44, 6.3, 0.012, 0.11, 0.182, 4.3, 55, 149),
  row(1.01, 0.284, 0.929, 44, 6.8, 0.013, 0.12, 0.183, 4.3, 58, 146),
  // Two quarters before the end of the fall: complaints age, product knowledge falls behind.
  row(1.02, 0.283, 0.921, 42, 8.1, 0.015, 0.15, 0.183, 4.3, 66, 138),
  row(1.01, 0.281, 0.908, 40, 9.9, 0.019, 0.19, 0.183, 4.3, 78, 126),
  row(1.0, 0.279, 0.893, 37, 11.6, 0.023, 0.23, 0.184, 4.3, 91, 115),
  row(0.99, 0.276, 0.879, 34, 13.2, 0.026, 0.26, 0.184, 4.3, 104, 104),
  // The last quarter: now the sales follow.
  row(0.92, 0.271, 0.866, 32, 14.9, 0.028, 0.28, 0.183, 4.3, 118, 96),
  row(0.86, 0.266, 0.855, 30, 16.4, 0.03, 0.29, 0.183, 4.2, 127, 90),
  row(0.8, 0.262, 0.846, 28, 17.8, 0.031, 0.3, 0.182, 4.2, 133, 86),
];

/** How the year's targets are spread over the calendar months (January first), in thousandths: festivals and school starts sell. */
export const SEASON: readonly number[] = [74, 70, 78, 76, 80, 92, 84, 80, 82, 106, 102, 76];
