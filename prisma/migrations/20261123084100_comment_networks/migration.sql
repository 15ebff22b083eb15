-- CreateTable
CREATE TABLE "comment_networks" (
    "comment_id" BIGINT NOT NULL,
    "network_key" BYTEA NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_networks_pkey" PRIMARY KEY ("comment_id")
);

-- AddForeignKey
ALTER TABLE "comment_networks" ADD CONSTRAINT "comment_networks_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express. It is gone in two days anyway, so a crash may take it.
ALTER TABLE "comment_networks" SET UNLOGGED;
