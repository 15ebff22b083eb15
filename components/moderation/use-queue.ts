"use client";
// The queue while one works on it: a verdict takes its item away at once and the next one opens; what the server refuses comes back,
// with the sentence that says why.
import { useCallback, useRef, useState } from "react";
import { type SentVerdict, sendReversal, sendVerdict } from "@/components/moderation/queue-server";
import type { QueueCounts, QueueItem } from "@/lib/domain/moderation-queue";
import { type BulkVerdict, bulkVerdictAmong } from "@/lib/domain/verdict";
import { bulkNews, verdictLabels } from "@/lib/ui/moderation-words";

export interface Notice {
  kind: "done" | "refused";
  text: string;
  /** The item that it is about. */
  id?: string;
}

/** What was written to remove something with. */
export interface WrittenRemoval {
  reason?: string;
  words?: string;
  note?: string;
}

/** A verdict that was not carried out: its item is back in its place, and what was written with it in its form. */
export interface Refusal {
  name: string;
  sentence: string;
  written?: WrittenRemoval;
}

/** A verdict of one's own that can be taken back. */
export interface Undoable {
  action: number;
  id: string;
  authorName: string;
  opening: string;
  /** "Removed" */
  deed: string;
}

export interface QueueStart {
  items: QueueItem[];
  apart: QueueItem | null;
  counts: QueueCounts;
  undoable: Undoable[];
  tab: keyof QueueCounts;
  openId: string | null;
  /** By id: what a form that was just sent left as it is. */
  refusals: ReadonlyMap<string, Refusal>;
}

/** An item that was judged here, with where it stood, so that it can come back. */
interface Judged {
  item: QueueItem;
  at: number;
}

type Deed = Omit<SentVerdict, "seen">;

export function useQueue(start: QueueStart) {
  const [items, setItems] = useState(start.items);
  const [apart, setApart] = useState(start.apart);
  const [openId, setOpenId] = useState(start.openId);
  const [counts, setCounts] = useState(start.counts);
  const [undoable, setUndoable] = useState(start.undoable);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [refusals, setRefusals] = useState(start.refusals);
  /** Work that the server has not answered yet. */
  const working = useRef(new Set<Promise<unknown>>());
  const judged = useRef(new Map<string, Judged>());
  /** What can be taken back, newest first in the order in which it was decided here, whatever the order of the answers. */
  const stack = useRef(start.undoable.map((line, index) => ({ line, turn: -index })));
  const turns = useRef(0);
  const changeStack = useCallback((next: typeof stack.current) => {
    stack.current = next.sort((a, b) => b.turn - a.turn);
    setUndoable(stack.current.map(({ line }) => line));
  }, []);

  const count = useCallback(
    (by: number) => setCounts((now) => ({ ...now, [start.tab]: Math.max(0, now[start.tab] + by) })),
    [start.tab],
  );
  const during = useCallback(async <T>(work: Promise<T>): Promise<T> => {
    working.current.add(work);
    try {
      return await work;
    } finally {
      working.current.delete(work);
    }
  }, []);

  const open = items.find(({ id }) => id === openId) ?? (apart?.id === openId ? apart : null);

  /** Takes items out of the list before anybody has answered; what comes after the open one opens. */
  const takeAway = useCallback(
    (gone: readonly QueueItem[]) => {
      const ids = new Set(gone.map(({ id }) => id));
      for (const item of gone) {
        const at = items.findIndex(({ id }) => id === item.id);
        judged.current.set(item.id, { item, at: Math.max(0, at) });
      }
      const left = items.filter(({ id }) => !ids.has(id));
      setItems((now) => now.filter(({ id }) => !ids.has(id)));
      setApart((now) => (now && ids.has(now.id) ? null : now));
      setRefusals((now) => new Map([...now].filter(([id]) => !ids.has(id))));
      count(left.length - items.length);
      if (openId === null || !ids.has(openId)) return;
      const at = items.findIndex(({ id }) => id === openId);
      const next = items.slice(at + 1).find(({ id }) => !ids.has(id)) ?? left.at(at < 0 ? 0 : -1);
      setOpenId(next?.id ?? null);
    },
    [items, openId, count],
  );

  /** Puts an item back where it stood, or first. */
  const putBack = useCallback(
    (id: string, change: Partial<QueueItem> = {}) => {
      const known = judged.current.get(id);
      if (!known) return false;
      judged.current.delete(id);
      setItems((now) => {
        if (now.some((item) => item.id === id)) return now;
        const next = [...now];
        next.splice(Math.min(known.at, next.length), 0, { ...known.item, ...change });
        return next;
      });
      count(1);
      return true;
    },
    [count],
  );

  /** Sends one verdict; what is refused comes back. Answers whether it was carried out. */
  const deliver = useCallback(
    async (item: QueueItem, sent: Deed, turn: number): Promise<boolean> => {
      const { id, authorName, opening } = item;
      const answer = await sendVerdict(id, { ...sent, seen: item.seen });
      if (answer.ok) {
        const line = { action: answer.value.action, id, authorName, opening, deed: verdictLabels[sent.verdict].done };
        changeStack([...stack.current, { line, turn }]);
        return true;
      }
      putBack(id);
      setRefusals((now) => new Map(now).set(id, { name: authorName, sentence: answer.sentence, written: sent }));
      setNotice((now) => (now?.id === id ? null : now));
      return false;
    },
    [putBack, changeStack],
  );

  const judge = useCallback(
    (item: QueueItem, sent: Deed) => {
      takeAway([item]);
      setNotice({ kind: "done", text: `${verdictLabels[sent.verdict].done}: ${item.authorName}.`, id: item.id });
      void during(deliver(item, sent, ++turns.current));
    },
    [takeAway, deliver, during],
  );

  /** The same on several, one after the other: each can be taken back by itself. */
  const judgeAll = useCallback(
    (chosen: readonly QueueItem[], verdict: BulkVerdict, why: { reason?: string }) => {
      takeAway(chosen);
      setNotice({ kind: "done", text: bulkNews(verdict, chosen.length) });
      const work = async () => {
        let done = 0;
        for (const item of chosen) {
          const sent = { verdict: bulkVerdictAmong(verdict, item.verdicts) ?? verdict, ...why };
          if (await deliver(item, sent, ++turns.current)) done++;
        }
        if (done < chosen.length) setNotice({ kind: "done", text: bulkNews(verdict, done) });
      };
      void during(work());
    },
    [takeAway, deliver, during],
  );

  /** Takes the newest verdict back; answers the address of an item that is not here any more. */
  const takeBackLast = useCallback(async (): Promise<string | null> => {
    const last = stack.current[0]?.line;
    if (!last) {
      setNotice({ kind: "refused", text: "There is nothing of yours to take back." });
      return null;
    }
    const answer = await sendReversal(last.action);
    // What was not heard of may be tried again.
    if (answer.ok || answer.reached) changeStack(stack.current.filter(({ line }) => line.action !== last.action));
    if (!answer.ok) {
      setNotice({ kind: "refused", text: `${last.authorName}: ${answer.sentence}` });
      return null;
    }
    setNotice({ kind: "done", text: `Taken back: ${last.authorName}. Nothing was decided.`, id: last.id });
    if (!putBack(last.id, { seen: answer.value.seen })) return last.id;
    setOpenId(last.id);
    return null;
  }, [putBack, changeStack]);

  /** One wish after the other, each once all that was decided before it is answered. */
  const undo = useCallback((): Promise<string | null> => {
    const before = [...working.current];
    return during(Promise.allSettled(before).then(takeBackLast));
  }, [takeBackLast, during]);

  /** Goes to the next item, or the one before. */
  const step = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex(({ id }) => id === openId);
      const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
      if (next) setOpenId(next.id);
    },
    [items, openId],
  );

  const settled = useCallback(() => Promise.allSettled(working.current), []);

  return {
    ...{ items, open, openId, counts, undoable, notice, refusals },
    ...{ setOpenId, setCounts, judge, judgeAll, undo, step, settled },
  };
}
