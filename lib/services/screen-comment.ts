// Gathers what screening looks at: what can be known of the text before the transaction, and of thread and person inside it.
import type { Opinion, ScreeningFacts } from "@/lib/domain/comment-screening";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permissions";
import type { RuleHit } from "@/lib/domain/screening-rule";
import type { ModerationSettings } from "@/lib/domain/settings";
import { askOpinion } from "@/lib/services/ask-opinion";
import type { Context } from "@/lib/services/context";
import { type NetworkKeys, networkKeys } from "@/lib/services/network-keys";
import { countScreened } from "@/lib/services/rule-hits";
import { siteScreening } from "@/lib/services/screening";

import type { AuthorIds } from "@/lib/store/comments";
import type { Questions } from "@/lib/store/plain-transaction";
import { type FactsRow, screeningFacts } from "@/lib/store/screening-facts";
import { hostsOfHtml, hostsWritten, textOfHtml } from "@/lib/text/html-text";
import type { Rendered } from "@/lib/text/rendered";
import { spamScore, spamTokens } from "@/lib/text/spam-score";

/** What is known of a text before anybody is asked about its author. */
export interface JudgedComment {
  settings: ModerationSettings;
  trusted: boolean;
  hits: RuleHit[];
  /** None when the classifier is not asked. */
  tokens: string[];
  opinion: Opinion;
  /** Undefined for members. */
  network: NetworkKeys | undefined;
}

/** Judges a text. Nothing of it needs the transaction, and the opinion from outside must not keep one waiting. */
export async function judgeComment(
  ctx: Context,
  comment: { slug?: string; commentId?: string; body: string; rendered: Rendered; guest: boolean },
): Promise<JudgedComment> {
  const { slug, commentId, body, rendered, guest } = comment;
  const trusted = can(ctx.actor, "moderation.enter") || ctx.actor.kind === "system";
  const network = guest ? await networkKeys(ctx) : undefined;
  const { settings, judge, learnt } = await siteScreening(ctx.now);
  if (trusted) return { settings, trusted, hits: [], tokens: [], opinion: "none", network };
  const text = textOfHtml(rendered.html);
  const hosts = [...new Set([...hostsOfHtml(rendered.html), ...hostsWritten(text)])];
  return {
    settings,
    trusted,
    hits: judge({ text, hosts }),
    tokens: learnt ? spamTokens(rendered.html) : [],
    opinion: await askOpinion(ctx, { slug, commentId, body, guest, links: rendered.links, hosts }),
    network,
  };
}

/** The thread that is written to. */
export type FoundThread = Pick<FactsRow, "articleId" | "slug" | "revisionId" | "threadId">;

type KnownFacts = Pick<
  ScreeningFacts,
  | "threadLocked"
  | "mode"
  | "overdue"
  | "trusted"
  | "sanctions"
  | "waitSeconds"
  | "approvedBefore"
  | "firstComments"
  | "guestLinks"
  | "hits"
  | "spamScore"
  | "spamFrom"
  | "opinion"
>;

/**
 * The thread, and the facts of thread, person and text together.
 * @param about.thread its article's slug, or its number
 * @throws DomainError `not_found` when there is no such thread
 */
export async function gatherFacts(
  tx: Questions,
  judged: JudgedComment,
  about: AuthorIds & { thread: string | number; edited: bigint | null },
): Promise<{ thread: FoundThread; facts: KnownFacts }> {
  const { settings, trusted, hits, opinion, tokens, network } = judged;
  const row = await screeningFacts(tx, { ...about, settings, tokens, networkKeys: network?.all ?? [] });
  if (!row) throw new DomainError("not_found");
  const { counts, articleId, slug, revisionId, threadId, ...known } = row;
  const facts: KnownFacts = {
    ...known,
    trusted,
    hits,
    opinion,
    firstComments: settings.firstComments,
    guestLinks: settings.guestLinks,
    spamScore: tokens.length > 0 ? spamScore(counts) : null,
    // A hundred percent means never.
    spamFrom: settings.spamPercent === 100 ? Number.POSITIVE_INFINITY : settings.spamPercent / 100,
  };
  return { thread: { articleId, slug, revisionId, threadId }, facts };
}

/** Counts which rules a text fitted that was really screened, also when it was refused and nothing of it is kept. */
export async function countJudged(ctx: Context, judged: JudgedComment): Promise<void> {
  if (!judged.trusted) await countScreened(ctx.now, judged.hits, judged.settings.ruleSharePercent / 100);
}
