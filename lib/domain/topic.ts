// What articles are filed under.
export interface TopicSummary {
  slug: string;
  name: string;
  description: string;
  articleCount: number;
}
