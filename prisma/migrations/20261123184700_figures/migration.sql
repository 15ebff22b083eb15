-- CreateTable
CREATE TABLE "figure_blocks" (
    "source" TEXT NOT NULL,
    "block" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "figure" TEXT NOT NULL,
    "value" BIGINT NOT NULL DEFAULT 0,
    "count" INTEGER NOT NULL,

    CONSTRAINT "figure_blocks_pkey" PRIMARY KEY ("source","block","year","figure","value")
);

-- CreateTable
CREATE TABLE "figure_progress" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "comments" BIGINT NOT NULL DEFAULT 0,
    "lines" BIGINT NOT NULL DEFAULT 0,
    "reports" BIGINT NOT NULL DEFAULT 0,
    "appeals" BIGINT NOT NULL DEFAULT 0,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "counted_at" TIMESTAMPTZ(3),

    CONSTRAINT "figure_progress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "year_figures" (
    "year" INTEGER NOT NULL,
    "figure" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "year_figures_pkey" PRIMARY KEY ("year","figure")
);

-- What Prisma cannot express.
ALTER TABLE "figure_blocks"
  ADD CONSTRAINT "figure_blocks_source_check" CHECK ("source" IN ('comments', 'lines', 'reports', 'appeals'));
ALTER TABLE "figure_progress"
  ADD CONSTRAINT "figure_progress_one_row_check" CHECK ("id" = 1);
