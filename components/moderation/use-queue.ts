"use client";
// The queue while one works on it: a verdict takes its item away at once and the next one opens; what the server refuses comes back,
// with the sentence that says why.
import { useCallback, useRef, useState } from "react";
import { type SentVerdict, sendReversal, sendVerdict } from "@/components/moderation/queue-server";
import type { QueueCounts, QueueItem } from "@/lib/domain/moderation-queue";
import { verdictLabels } from "@/lib/ui/moderation-words";

export interface Notice {
  kind: "done" | "refused";
  text: string;
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
}

/** An item that was judged here, with where it stood, so that it can come back. */
interface Judged {
  item: QueueItem;
  at: number;
}

export function useQueue(start: QueueStart) {
  const [items, setItems] = useState(start.items);
  const [apart, setApart] = useState(start.apart);
  const [openId, setOpenId] = useState(start.openId);
  const [counts, setCounts] = useState(start.counts);
  const [undoable, setUndoable] = useState(start.undoable);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  /** Verdicts on their way to the server. */
  const sending = useRef(new Set<Promise<unknown>>());
  const judged = useRef(new Map<string, Judged>());
  /** What can be taken back, newest first in the order in which it was decided here, whatever the order of the answers. */
  const stack = useRef(start.undoable.map((line, index) => ({ line, turn: -index })));
  const turns = useRef(0);
  const changeStack = useCallback((next: typeof stack.current) => {
    stack.current = next.sort((a, b) => b.turn - a.turn);
    setUndoable(stack.current.map(({ line }) => line));
  }, []);

  const count = useCallback(
    (by: 1 | -1) => setCounts((now) => ({ ...now, [start.tab]: Math.max(0, now[start.tab] + by) })),
    [start.tab],
  );

  const open = items.find(({ id }) => id === openId) ?? (apart?.id === openId ? apart : null);

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

  const judge = useCallback(
    async (item: QueueItem, sent: Omit<SentVerdict, "seen">) => {
      const at = items.findIndex(({ id }) => id === item.id);
      const next = items[at + 1] ?? items[at - 1] ?? null;
      judged.current.set(item.id, { item, at: Math.max(0, at) });
      setItems((now) => now.filter(({ id }) => id !== item.id));
      setApart((now) => (now?.id === item.id ? null : now));
      if (at >= 0) count(-1);
      setOpenId(at >= 0 ? (next?.id ?? null) : (items[0]?.id ?? null));
      const { done } = verdictLabels[sent.verdict];
      const turn = ++turns.current;
      setNotice({ kind: "done", text: `${done}: ${item.authorName}.` });
      const answering = sendVerdict(item.id, { ...sent, seen: item.seen });
      sending.current.add(answering);
      const answer = await answering;
      sending.current.delete(answering);
      if (answer.ok) {
        const { action } = answer.value;
        const { id, authorName, opening } = item;
        changeStack([...stack.current, { line: { action, id, authorName, opening, deed: done }, turn }]);
        return;
      }
      putBack(item.id);
      setRefusals((now) => new Map(now).set(item.id, answer.sentence));
      setNotice({ kind: "refused", text: `${item.authorName}: ${answer.sentence}` });
    },
    [items, count, putBack, changeStack],
  );

  /** Takes the newest verdict back; answers the address of an item that is not here any more. */
  const undo = useCallback(async (): Promise<string | null> => {
    await Promise.all(sending.current);
    const last = stack.current[0]?.line;
    if (!last) {
      setNotice({ kind: "refused", text: "There is nothing of yours to take back." });
      return null;
    }
    const answer = await sendReversal(last.action);
    changeStack(stack.current.filter(({ line }) => line.action !== last.action));
    if (!answer.ok) {
      setNotice({ kind: "refused", text: `${last.authorName}: ${answer.sentence}` });
      return null;
    }
    setNotice({ kind: "done", text: `Taken back: ${last.authorName}. Nothing was decided.` });
    if (!putBack(last.id, { seen: answer.value.seen })) return last.id;
    setOpenId(last.id);
    return null;
  }, [putBack, changeStack]);

  /** Goes to the next item, or the one before. */
  const step = useCallback(
    (by: 1 | -1) => {
      const at = items.findIndex(({ id }) => id === openId);
      const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
      if (next) setOpenId(next.id);
    },
    [items, openId],
  );

  const settled = useCallback(() => Promise.all(sending.current), []);

  return { items, open, openId, counts, undoable, notice, refusals, setOpenId, setCounts, judge, undo, step, settled };
}
