// How large a generated site is.

export interface SiteSize {
  /** The same seed gives the same site, byte for byte. */
  seed: number;
  articles: number;
  people: number;
  /** Comments of the first articles, one number each; their slugs are `discussion-of-NUMBER`. */
  threads: readonly number[];
  /** Comments of every other article, on average. */
  comments: number;
  /** Parts of an article under a heading of their own, of about 150 words. */
  sections: number;
}

/** What page weight and speed are measured on. */
export const smallSite: SiteSize = {
  seed: 1,
  articles: 200,
  people: 500,
  threads: [0, 100, 1_000],
  comments: 3,
  sections: 3,
};

/** What growth is measured against: the pages of the smaller site are full, too. */
export const thousandSite: SiteSize = { ...smallSite, articles: 1_000, people: 2_000 };

/** What the plans of questions are looked at on by every test run: large enough that Postgres prefers its indexes. */
export const mediumSite: SiteSize = {
  seed: 1,
  articles: 30_000,
  people: 30_000,
  threads: [0, 100, 1_000, 20_000],
  comments: 1,
  sections: 0,
};

/** What "the cost follows what is shown" is shown on. */
export const largeSite: SiteSize = {
  seed: 1,
  articles: 100_000,
  people: 50_000,
  threads: [0, 100, 1_000, 100_000],
  comments: 3,
  sections: 3,
};

/** The slug of a generated article with a discussion of so many comments. */
export function discussionOf(comments: number): string {
  return `discussion-of-${comments}`;
}
