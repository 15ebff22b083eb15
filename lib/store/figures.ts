// The figures of moderation by year, kept in rows (prisma/schema/figures.prisma, decision 0042). Ids are cut into blocks of a thousand;
// a block is always counted whole, so that counting it twice does no harm. What is new is found by id; what was decided since, by the
// lines of the moderation log: no report, no appeal and no wait changes without one in the same transaction.
import type { YearFigures } from "@/lib/domain/public-log";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

/** In the order in which they are counted: what lines say of older reports and appeals, before those that are new. */
export const figureSources = ["comments", "lines", "reports", "appeals"] as const;
type Source = (typeof figureSources)[number];

/** Ids of a block. A block that grows is counted anew every minute: a few milliseconds. */
const blockSize = 1_000;

/** Rows that are counted in one go: part of a second. */
const countedAtOnce = 5_000;

/** Lines, once there are counted reports or appeals: each line may make a block of those be counted anew. */
const judgedAtOnce = 200;

/** Years that are shown, the newest. */
const yearsShown = 10;

/** What a year has at most: the figures of `YearFigures`, and the lines. */
const figuresOfYear = 15;

const tables: Record<Source, Prisma.Sql> = {
  comments: Prisma.sql`comments`,
  lines: Prisma.sql`moderation_actions`,
  reports: Prisma.sql`reports`,
  appeals: Prisma.sql`appeals`,
};

/** How far each is counted, in `figure_progress`. */
const marks: Record<Source, Prisma.Sql> = {
  comments: Prisma.sql`comments`,
  lines: Prisma.sql`lines`,
  reports: Prisma.sql`reports`,
  appeals: Prisma.sql`appeals`,
};

/** The newest ids, and since when everything up to them can be seen. */
export interface Heads extends Record<Source, bigint> {
  at: Date;
}

/** The newest of everything that is counted. Everything that was written before `at` has no greater ids. */
export async function readHeads(db: Transaction): Promise<Heads> {
  await db.$executeRaw`INSERT INTO figure_progress DEFAULT VALUES ON CONFLICT DO NOTHING`;
  const [heads] = await db.$queryRaw<[Heads]>`
    SELECT date_trunc('milliseconds', statement_timestamp()) AS at,
           coalesce((SELECT max(id) FROM comments), 0)::bigint AS comments,
           coalesce((SELECT max(id) FROM moderation_actions), 0)::bigint AS lines,
           coalesce((SELECT max(id) FROM reports), 0)::bigint AS reports,
           coalesce((SELECT max(id) FROM appeals), 0)::bigint AS appeals`;
  return heads;
}

/** The transactions that have drawn an id for what is counted, and have not ended: drawing locks the sequence until then. */
export async function whoDrawsIds(db: Transaction): Promise<string[]> {
  const rows = await db.$queryRaw<{ who: string }[]>`
    SELECT DISTINCT virtualtransaction AS who FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND relation IN (pg_get_serial_sequence('comments', 'id')::regclass, pg_get_serial_sequence('moderation_actions', 'id')::regclass,
                       pg_get_serial_sequence('reports', 'id')::regclass, pg_get_serial_sequence('appeals', 'id')::regclass)`;
  return rows.map(({ who }) => who);
}

type Progress = Record<Source, bigint>;

/** How far everything is counted, for this transaction alone; null while somebody else is at it. */
async function lockProgress(db: Transaction): Promise<Progress | null> {
  const [progress] = await db.$queryRaw<Progress[]>`
    SELECT comments, lines, reports, appeals FROM figure_progress FOR UPDATE SKIP LOCKED`;
  return progress ?? null;
}

/** Counts the next piece of a source. @param head up to where; all rows up to there must be there to be seen */
export async function countMore(
  db: Transaction,
  source: Source,
  head: bigint,
): Promise<"nothing" | "more" | "to somebody else"> {
  const progress = await lockProgress(db);
  if (!progress) return "to somebody else";
  const done = progress[source];
  if (done >= head) return "nothing";
  const judging = source === "lines" && (progress.reports > 0n || progress.appeals > 0n);
  const limit = judging ? judgedAtOnce : countedAtOnce;
  const [piece] = await db.$queryRaw<{ count: number; last: bigint | null; blocks: number[] | null }[]>`
    SELECT count(*)::int AS count, max(id)::bigint AS last, array_agg(DISTINCT (id / ${blockSize})::int) AS blocks
    FROM (SELECT id FROM ${tables[source]} WHERE id > ${done} AND id <= ${head} ORDER BY id LIMIT ${limit}) piece`;
  const last = piece?.last ?? head;
  if (source === "lines") await countDecided(db, progress, last);
  await countBlocks(db, source, piece?.blocks ?? []);
  const more = piece?.count === limit && last < head;
  await db.$executeRaw`
    UPDATE figure_progress SET ${marks[source]} = ${more ? last : head}, stale = true`;
  return more ? "more" : "nothing";
}

/** Counts anew what lines after those that are done, up to `last`, have changed in what is counted already. */
async function countDecided(db: Transaction, done: Progress, last: bigint): Promise<void> {
  const changed = await db.$queryRaw<{ source: Source; blocks: number[] }[]>`
    WITH judged AS MATERIALIZED (
      SELECT comment_id, bool_or(reversal) AS taken_back FROM moderation_actions
      WHERE id > ${done.lines} AND id <= ${last} AND comment_id IS NOT NULL GROUP BY comment_id)
    SELECT source, array_agg(DISTINCT block) AS blocks FROM (
      SELECT 'reports' AS source, r.id / ${blockSize}::int AS block
      FROM judged j JOIN reports r ON r.comment_id = j.comment_id WHERE r.id <= ${done.reports}
      UNION ALL
      SELECT 'appeals', p.id / ${blockSize}::int
      FROM judged j JOIN appeals p ON p.comment_id = j.comment_id WHERE p.id <= ${done.appeals}
      UNION ALL
      -- With a decision that is taken back, reports are open again: then nobody's wait ended with it.
      SELECT 'lines', m.id / ${blockSize}::int
      FROM judged j JOIN moderation_actions m ON m.comment_id = j.comment_id WHERE j.taken_back AND m.id <= ${done.lines}) AS touched
    GROUP BY source`;
  for (const { source, blocks } of changed) await countBlocks(db, source, blocks);
}

const yearOf = Prisma.sql`extract(year FROM t.created_at AT TIME ZONE 'UTC')::int`;

/** Seconds from when `t`'s comment was last held, or first reported of what it decided; in the steps of `spanOf`, which the page says. */
const waited = Prisma.sql`
  (SELECT CASE WHEN s < 90 THEN greatest(s, 0) WHEN s <= 5400 THEN ceil(s / 60) * 60 WHEN s <= 129600 THEN ceil(s / 3600) * 3600
               ELSE ceil(s / 86400) * 86400 END
   FROM (SELECT round(extract(epoch FROM t.created_at - (
           SELECT max(since.at) FROM (
             SELECT max(h.created_at) AS at FROM moderation_actions h WHERE h.comment_id = t.comment_id AND h.id < t.id AND h.kind = 'HOLD'
             UNION ALL
             SELECT min(p.created_at) FROM reports p WHERE p.comment_id = t.comment_id AND p.decided_at = t.created_at) since))) AS s
   ) AS wait WHERE s IS NOT NULL)::bigint`;

/** The figures to which a row `t` of each source adds one, and for a wait how long it was. */
const figuresOf: Record<Source, Prisma.Sql> = {
  comments: Prisma.sql`('comments', 0::bigint)`,
  lines: Prisma.sql`
    ('lines', 0::bigint),
    (CASE WHEN t.kind = 'HOLD' AND t.actor_id IS NULL THEN 'heldBySystem' WHEN t.kind = 'APPROVE' THEN 'approved'
          WHEN t.kind = 'REMOVE' THEN 'removed' WHEN t.kind = 'MARK_SPAM' THEN 'spam'
          WHEN t.kind IN ('RESTORE', 'GRANT_APPEAL') THEN 'restored'
          WHEN t.kind IN ('WARN', 'MUTE', 'PREMODERATE', 'BAN') THEN 'sanctions' END, 0),
    (CASE WHEN t.actor_id IS NOT NULL AND t.kind IN ('APPROVE', 'MARK_SPAM', 'REMOVE', 'DISMISS_REPORTS') THEN 'waited' END,
     CASE WHEN t.actor_id IS NOT NULL AND t.kind IN ('APPROVE', 'MARK_SPAM', 'REMOVE', 'DISMISS_REPORTS') THEN ${waited} END)`,
  reports: Prisma.sql`
    ('reports', 0::bigint),
    (CASE t.state WHEN 'UPHELD' THEN 'reportsUpheld' WHEN 'DISMISSED' THEN 'reportsDismissed' END, 0)`,
  appeals: Prisma.sql`
    ('appeals', 0::bigint),
    (CASE t.state WHEN 'GRANTED' THEN 'appealsGranted' WHEN 'DENIED' THEN 'appealsDenied' END, 0)`,
};

/** Counts whole blocks, in place of what was counted of them before. */
async function countBlocks(db: Transaction, source: Source, blocks: readonly number[]): Promise<void> {
  if (blocks.length === 0) return;
  await db.$executeRaw`DELETE FROM figure_blocks WHERE source = ${source} AND block = ANY(${[...blocks]}::int[])`;
  await db.$executeRaw`
    INSERT INTO figure_blocks (source, block, year, figure, value, count)
    SELECT ${source}::text, b.block, ${yearOf}, f.figure, f.value, count(*)
    FROM unnest(${[...blocks]}::int[]) AS b (block)
    CROSS JOIN LATERAL (
      SELECT * FROM ${tables[source]}
      WHERE id >= b.block::bigint * ${blockSize} AND id < (b.block::bigint + 1) * ${blockSize} OFFSET 0) AS t
    CROSS JOIN LATERAL (VALUES ${figuresOf[source]}) AS f (figure, value)
    WHERE f.figure IS NOT NULL AND f.value IS NOT NULL
    GROUP BY b.block, ${yearOf}, f.figure, f.value`;
}

/**
 * Sums the blocks up for the page, and says as of when they are right; nothing of both before all is counted up to `heads`. Years in which
 * nothing was moderated or reported have no figures.
 * @returns whether the page says something else now than before
 */
export async function keepYears(db: Transaction, heads: Heads): Promise<boolean> {
  const progress = await lockProgress(db);
  if (!progress || figureSources.some((source) => progress[source] < heads[source])) return false;
  const [before] = await db.$queryRaw<{ stale: boolean; first: boolean }[]>`
    SELECT stale, counted_at IS NULL AS first FROM figure_progress`;
  await db.$executeRaw`
    UPDATE figure_progress SET stale = false, counted_at = greatest(counted_at, ${heads.at}::timestamptz)`;
  if (!before?.stale) return before?.first ?? false;
  const [changed] = await db.$queryRaw<{ rows: number }[]>`
    WITH moderated AS (SELECT DISTINCT year FROM figure_blocks WHERE source <> 'comments'),
    waits AS (
      SELECT year, value, sum(sum(count)) OVER (PARTITION BY year ORDER BY value) AS shorter,
             sum(sum(count)) OVER (PARTITION BY year) AS all_waits
      FROM figure_blocks WHERE figure = 'waited' GROUP BY year, value),
    counted AS (
      SELECT year, figure, sum(count) AS count FROM figure_blocks JOIN moderated USING (year) WHERE figure <> 'waited' GROUP BY year, figure
      UNION ALL
      SELECT year, 'medianSeconds', min(value) FROM waits WHERE shorter * 2 >= all_waits GROUP BY year),
    gone AS (
      DELETE FROM year_figures y WHERE NOT EXISTS (SELECT FROM counted c WHERE c.year = y.year AND c.figure = y.figure) RETURNING year),
    kept AS (
      INSERT INTO year_figures AS y (year, figure, count) SELECT year, figure, count FROM counted
      ON CONFLICT (year, figure) DO UPDATE SET count = EXCLUDED.count WHERE y.count <> EXCLUDED.count RETURNING year)
    SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM kept))::int AS rows`;
  return before.first || (changed?.rows ?? 0) > 0;
}

export interface Figures {
  /** The newest first. */
  years: YearFigures[];
  /** As of when they are right; null while everything is counted for the first time. */
  countedAt: Date | null;
}

/** What was counted. */
export async function readFigures(db: Transaction): Promise<Figures> {
  const rows = await db.$queryRaw<
    { countedAt: Date | null; year: number | null; figure: string | null; count: bigint | null }[]
  >`
    SELECT p.counted_at AS "countedAt", y.year, y.figure, y.count
    FROM figure_progress p
    LEFT JOIN (SELECT * FROM year_figures ORDER BY year DESC LIMIT ${yearsShown * figuresOfYear}) y ON p.counted_at IS NOT NULL
    ORDER BY y.year DESC`;
  const years = new Map<number, Map<string, number>>();
  for (const { year, figure, count } of rows) {
    if (year === null || figure === null) continue;
    years.set(year, (years.get(year) ?? new Map<string, number>()).set(figure, Number(count)));
  }
  return {
    countedAt: rows[0]?.countedAt ?? null,
    years: [...years].slice(0, yearsShown).map(([year, counts]) => yearFrom(year, counts)),
  };
}

function yearFrom(year: number, counts: ReadonlyMap<string, number>): YearFigures {
  const of = (figure: keyof YearFigures) => counts.get(figure) ?? 0;
  return {
    year,
    comments: of("comments"),
    heldBySystem: of("heldBySystem"),
    approved: of("approved"),
    removed: of("removed"),
    spam: of("spam"),
    restored: of("restored"),
    reports: of("reports"),
    reportsUpheld: of("reportsUpheld"),
    reportsDismissed: of("reportsDismissed"),
    appeals: of("appeals"),
    appealsGranted: of("appealsGranted"),
    appealsDenied: of("appealsDenied"),
    sanctions: of("sanctions"),
    medianSeconds: counts.get("medianSeconds") ?? null,
  };
}
