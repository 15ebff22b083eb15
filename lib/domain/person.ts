// A member as everybody may see them.
import type { ArticleSummary, Page } from "@/lib/domain/article";
import type { SafeHtml } from "@/lib/text/markdown";

export interface PersonView {
  handle: string;
  displayName: string;
  bioHtml: SafeHtml;
  joinedAt: Date;
  articles: Page<ArticleSummary>;
  /** Their newest comments that can be read. */
  comments: PersonComment[];
}

export interface PersonComment {
  id: string;
  html: SafeHtml;
  createdAt: Date;
  article: { slug: string; title: string };
}
