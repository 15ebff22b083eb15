// What all visits of one front door share.
import type { Networks } from "@/lib/edge/addresses";
import type { Handler } from "@/lib/edge/exchange";
import type { FirstAnswers } from "@/lib/edge/first-answers";
import type { FreshPages } from "@/lib/edge/fresh-pages";
import type { FrontDoorLimits } from "@/lib/edge/limits";

export interface VisitContext {
  handler: Handler;
  log: (record: Record<string, unknown>) => void;
  publicOrigin: string;
  publicHost: string;
  openPosts?: readonly string[];
  trusted: Networks;
  limits: FrontDoorLimits;
  dev: boolean;
  /** The headers of every answer. */
  always: Record<string, string>;
  closing: boolean;
  /** Warnings that were logged: each once. */
  warned: Set<string>;
  /** The page store and its readers; none in development. */
  pages: FreshPages | undefined;
  firsts: FirstAnswers;
}
