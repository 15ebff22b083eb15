-- Which discussions have just closed by the day that was set for them: asked every minute, few have one.
CREATE INDEX "threads_closing_idx" ON "threads" ("closes_at") WHERE "closes_at" IS NOT NULL;
