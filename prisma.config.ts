// Where Prisma finds our schema and migrations. No address here: the client gets its connection from `lib/store/client`,
// and migrations are applied by `prisma/migrate.ts`, never by Prisma's own engine.
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
