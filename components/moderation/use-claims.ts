"use client";
// Who else has which item before them: said when one opens an item, and again while one looks at it.
import { useEffect, useRef, useState } from "react";
import { sendClaim } from "@/components/moderation/queue-server";
import type { QueueCounts } from "@/lib/domain/moderation-queue";

/** Milliseconds between two renewals: a claim lasts four times as long. */
const renewal = 30_000;

/** @param onCounts told how much waits, whenever the server says so */
export function useClaims(
  openId: string | null,
  shown: readonly string[],
  onCounts: (counts: QueueCounts) => void,
): ReadonlyMap<string, string> {
  const [claims, setClaims] = useState<ReadonlyMap<string, string>>(new Map());
  const latest = useRef({ shown, onCounts });
  latest.current = { shown, onCounts };

  useEffect(() => {
    if (openId === null) return;
    let over = false;
    const renew = async () => {
      if (document.visibilityState === "hidden") return;
      const answer = await sendClaim(openId, latest.current.shown);
      if (over || !answer.ok) return;
      setClaims(new Map(answer.value.claims.map(({ id, name }) => [id, name])));
      latest.current.onCounts(answer.value.counts);
    };
    void renew();
    const timer = setInterval(renew, renewal);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [openId]);

  return claims;
}
