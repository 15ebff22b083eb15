-- AlterTable
ALTER TABLE "draft_saves" ADD COLUMN     "copyright_holder" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "licence" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "slug" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "topics" TEXT[] DEFAULT ARRAY[]::TEXT[];
