-- What each kept picture should be, what was found of it, and since when nothing has used it.
ALTER TABLE "files"
  ADD COLUMN "checksums" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "fault" TEXT,
  ADD COLUMN "fault_since" TIMESTAMPTZ(3),
  ADD COLUMN "unused_since" TIMESTAMPTZ(3),
  ADD CONSTRAINT "files_fault" CHECK ("fault" IN ('missing', 'altered') AND ("fault" IS NULL) = ("fault_since" IS NULL));
