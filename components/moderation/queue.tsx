"use client";
// The moderators' desk: a list, one item open, one key per verdict. Drawn whole by the server, where every verdict is a plain form; with
// scripts the next item is there at once.
import { useCallback, useEffect, useRef, useState } from "react";
import type { FormAction } from "@/components/account/sheet";
import { KeysHelp } from "@/components/moderation/keys-help";
import { QueueEmpty } from "@/components/moderation/queue-empty";
import { OpenItem } from "@/components/moderation/queue-item";
import { bulkOf, QueueList } from "@/components/moderation/queue-list";
import { QueueNews } from "@/components/moderation/queue-news";
import type { SentVerdict } from "@/components/moderation/queue-server";
import { QueueTabs } from "@/components/moderation/queue-tabs";
import { useClaims } from "@/components/moderation/use-claims";
import { useKeys } from "@/components/moderation/use-keys";
import { type Refusal, type Undoable, useQueue, type WrittenRemoval } from "@/components/moderation/use-queue";
import { VerdictForms } from "@/components/moderation/verdict-forms";
import type { CommentTab, PersonHistory, QueueCounts, QueueItem } from "@/lib/domain/moderation-queue";
import { type BulkVerdict, removalReasons } from "@/lib/domain/verdict";
import { verdictLabels } from "@/lib/ui/moderation-words";

export interface QueueProps {
  tab: CommentTab;
  counts: QueueCounts;
  items: QueueItem[];
  people: Record<string, PersonHistory>;
  /** What was asked for and is not on this page of the list. */
  apart: QueueItem | null;
  undoable: Undoable[];
  /** The list as it is asked for: "/desk/moderation?tab=held". */
  path: string;
  /** The next page, where there is one. */
  nextPath: string | null;
  /** One person's, or alike: said above the list, and all are chosen. */
  filter: string | null;
  /** The item that the address names. */
  openId: string | null;
  now: Date;
  /** What the last form has to say. */
  news: string | null;
  /** What it left as it is, by id. */
  refused: readonly [string, Refusal][];
  errors: { judge?: string; removal?: string; bulk?: string };
  /** What was written into a removal that was not carried out, and what was chosen for a verdict on several. */
  kept: { removal?: WrittenRemoval & { id: string }; chosen?: readonly string[]; reason?: string };
  actions: { judge: FormAction; bulk: FormAction; undo: FormAction };
}

/** A part of the page's own address. */
function withItem(path: string, id: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}item=${id}`;
}

export function Queue(props: QueueProps) {
  const { tab, path, people, now, actions, errors, kept } = props;
  const queue = useQueue({
    ...props,
    openId: props.openId ?? props.items[0]?.id ?? props.apart?.id ?? null,
    refusals: new Map(props.refused),
  });
  const { items, open, openId, counts, notice, setOpenId } = queue;
  const [lively, setLively] = useState(false);
  const [view, setView] = useState<"list" | "item">(props.openId === null ? "list" : "item");
  const [removing, setRemoving] = useState(kept.removal !== undefined && kept.removal.id === openId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(kept.chosen ?? (props.filter === null ? [] : props.items.filter(({ own }) => !own).map(({ id }) => id))),
  );
  const [help, setHelp] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const nothingLeft = useRef<HTMLHeadingElement>(null);
  const claims = useClaims(
    openId,
    items.map(({ id }) => id),
    queue.setCounts,
  );
  useEffect(() => setLively(true), []);

  // Whoever works by keyboard or ear is led to what is open now, or to the word that nothing is; whoever has just come is left where they
  // are.
  const moved = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is the very reason to move
  useEffect(() => {
    if (moved.current) (heading.current ?? nothingLeft.current)?.focus();
    setRemoving((open) => open && !moved.current);
  }, [openId]);

  const openItem = useCallback(
    (id: string) => {
      moved.current = true;
      setView("item");
      setOpenId(id);
    },
    [setOpenId],
  );
  const judge = useCallback(
    (item: QueueItem, sent: Omit<SentVerdict, "seen">) => {
      moved.current = true;
      // Before the next item is drawn: its own form begins closed.
      setRemoving(false);
      setChosen((now) => new Set([...now].filter((id) => id !== item.id)));
      queue.judge(item, sent);
    },
    [queue.judge],
  );
  const judgeChosen = (verdict: BulkVerdict, why: { reason?: string }) => {
    moved.current = true;
    queue.judgeAll(
      items.filter(({ id }) => chosen.has(id)),
      verdict,
      why,
    );
    setChosen(new Set());
  };
  const undo = useCallback(async () => {
    moved.current = true;
    const elsewhere = await queue.undo();
    if (elsewhere !== null) location.assign(withItem("/desk/moderation", elsewhere));
  }, [queue.undo]);

  // The page is worked through: on to what came since, once all is decided.
  const worked = items.length === 0 && open === null && props.items.length > 0;
  const more = props.nextPath !== null || (props.filter === null && counts[tab] > 0);
  useEffect(() => {
    if (!worked || !more) return;
    let over = false;
    // What is refused meanwhile is in the list again, and stays before one's eyes.
    void queue.settled().then(() => over || location.assign(path));
    return () => {
      over = true;
    };
  }, [worked, more, path, queue.settled]);

  const { on, switchKeys } = useKeys((key) => {
    if (key === "?") setHelp(true);
    else if (removing && open) return pressWhileRemoving(key, open);
    else if (key === "u") void undo();
    else if (key === "j" || key === "k") {
      moved.current = true;
      queue.step(key === "j" ? 1 : -1);
    } else if (!open) return false;
    else if (key === "x" && !open.own) setChosen((now) => toggled(now, open.id));
    else if (key === "r" && open.verdicts.includes("remove")) {
      setView("item");
      setRemoving(true);
    } else {
      const verdict = open.verdicts.find((one) => one !== "remove" && verdictLabels[one].key === key);
      if (!verdict) return false;
      judge(open, { verdict });
    }
    return true;
  });

  /** A reason by its number; no other verdict by a slip of the finger. */
  function pressWhileRemoving(key: string, item: QueueItem): boolean {
    const reason = /^[1-9]$/.test(key) ? removalReasons[Number(key) - 1] : undefined;
    if (reason) judge(item, { verdict: "remove", reason });
    else if (key === "Escape") setRemoving(false);
    else return false;
    return true;
  }

  const at = items.findIndex(({ id }) => id === openId);
  const next = items[at + 1]?.id ?? items[at - 1]?.id ?? "";
  return (
    <div className="queue" data-view={open ? view : "list"}>
      <div className="queue-top">
        <QueueTabs tab={tab} counts={counts} />
        <QueueNews
          notice={notice}
          news={props.news}
          error={errors.judge}
          refusals={[...queue.refusals.values()]}
          undoable={queue.undoable}
          action={actions.undo}
          back={path}
          onUndo={undo}
          onHelp={lively ? () => setHelp(true) : undefined}
        />
      </div>
      {props.filter && (
        <p className="queue-filter">
          {props.filter} <a href={`/desk/moderation?tab=${tab}`}>Show all</a>
        </p>
      )}
      <div className="queue-columns">
        <div className="queue-side">
          {items.length === 0 ? (
            <QueueEmpty heading={nothingLeft} tab={tab} counts={counts} more={worked && more} />
          ) : (
            <QueueList
              {...{ items, openId, now, chosen, claims, lively }}
              refusals={queue.refusals}
              action={actions.bulk}
              back={path}
              verdicts={bulkOf(tab)}
              error={errors.bulk}
              reason={kept.reason}
              hrefOf={(id) => withItem(path, id)}
              onOpen={openItem}
              onChoose={(id, wanted) => setChosen((now) => toggled(now, id, wanted))}
              onJudge={judgeChosen}
              onChooseAll={(wanted) =>
                setChosen(new Set(wanted ? items.filter(({ own }) => !own).map(({ id }) => id) : []))
              }
            />
          )}
          {props.nextPath && (
            <p className="older">
              <a href={props.nextPath}>Further on</a>
            </p>
          )}
        </div>
        {open && (
          <div className="queue-open">
            <p className="to-list">
              <a
                href={path}
                onClick={(event) => {
                  event.preventDefault();
                  setView("list");
                }}
              >
                The list
              </a>
            </p>
            <OpenItem
              key={open.id}
              item={open}
              person={people[open.person]}
              now={now}
              claimedBy={claims.get(open.id) ?? (lively ? undefined : (open.claimedBy ?? undefined))}
              refusal={queue.refusals.get(open.id)?.sentence}
              heading={heading}
              ways={{
                samePerson: `/desk/moderation?tab=${tab}&by=${open.person}`,
                alike: `/desk/moderation?tab=${tab}&like=${open.id}`,
              }}
            >
              {open.own ? (
                <p className="house-note">This is your own. Another moderator decides about it.</p>
              ) : (
                <VerdictForms
                  item={open}
                  action={actions.judge}
                  back={path}
                  next={next}
                  removing={removing}
                  error={errors.removal}
                  written={
                    queue.refusals.get(open.id)?.written ?? (kept.removal?.id === open.id ? kept.removal : undefined)
                  }
                  onRemoving={setRemoving}
                  onVerdict={(sent) => judge(open, sent)}
                />
              )}
            </OpenItem>
          </div>
        )}
      </div>
      <KeysHelp open={help} onClose={() => setHelp(false)} on={on} onSwitch={switchKeys} />
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: string, wanted = !set.has(id)): ReadonlySet<string> {
  const next = new Set(set);
  if (wanted) next.add(id);
  else next.delete(id);
  return next;
}
