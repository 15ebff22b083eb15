// What the files of the first-run content say about each other: everybody named exists and may do what is told of them,
// and everything happens in an order in which it could have happened.
import type { SeedArticle, SeedComment, SeedContent, SeedPerson } from "./publication";

export interface Inconsistency {
  file: string;
  text: string;
}

const minutesPerDay = 24 * 60;

/** The first thing that cannot be true, or undefined. */
export function checkContent(content: SeedContent): Inconsistency | undefined {
  for (const problem of problemsOf(content)) return problem;
  return undefined;
}

function* problemsOf({ people, topics, articles }: SeedContent): Generator<Inconsistency> {
  const byHandle = new Map(people.map((person) => [person.handle, person]));
  const topicSlugs = new Set(topics.map(({ slug }) => slug));
  if (byHandle.size < people.length) yield { file: "people.yaml", text: "two people have the same handle" };
  if (topicSlugs.size < topics.length) yield { file: "topics.yaml", text: "two topics have the same slug" };
  const guestNames = new Map<string, string | null>();
  for (const article of articles) {
    const about = (file: string) => (text: string) => ({ file: `articles/${article.slug}${file}`, text });
    for (const text of articleProblems(article, byHandle)) yield about(".md")(text);
    for (const slug of article.topics) if (!topicSlugs.has(slug)) yield about(".md")(`there is no topic "${slug}"`);
    for (const text of threadProblems(article, byHandle, guestNames)) yield about(".comments.yaml")(text);
  }
}

function* articleProblems(article: SeedArticle, people: Map<string, SeedPerson>): Generator<string> {
  const editors = new Set([...article.editedBy, ...article.revisions.flatMap(({ editedBy }) => editedBy)]);
  for (const handle of article.writtenBy) {
    const person = people.get(handle);
    if (!person) yield `there is nobody called "${handle}"`;
    else if (person.joinedDaysAgo < article.publishedDaysAgo) yield `${handle} wrote it before joining`;
    if (editors.has(handle)) yield `${handle} cannot both write and edit it`;
  }
  for (const handle of editors) {
    const person = people.get(handle);
    if (!person) yield `there is nobody called "${handle}"`;
    else if (!person.roles.includes("EDITOR") && !person.roles.includes("ADMIN")) yield `${handle} is not an editor`;
  }
  for (const [index, revision] of article.revisions.entries()) {
    const before = article.revisions[index - 1];
    if (before && revision.publishedDaysAgo >= before.publishedDaysAgo)
      yield `revision ${revision.number} is not later than the one before it`;
    if (before && revision.body === before.body) yield `revision ${revision.number} changes nothing`;
  }
}

function* threadProblems(
  article: SeedArticle,
  people: Map<string, SeedPerson>,
  guestNames: Map<string, string | null>,
): Generator<string> {
  const age = article.publishedDaysAgo * minutesPerDay;
  for (const { comment, parent } of walk(article.comments)) {
    const here = `the comment "${comment.body.slice(0, 40)}"`;
    const { author, minutesAfter, edited, deleted, removed } = comment;
    if (author.kind === "member") {
      const person = people.get(author.handle);
      if (!person) yield `${here} is by "${author.handle}", who does not exist`;
      else if (person.joinedDaysAgo * minutesPerDay < age - minutesAfter)
        yield `${here} is older than its author's account`;
    } else {
      const known = guestNames.get(author.person);
      if (known !== undefined && known !== author.name) yield `${here} gives the guest "${author.person}" another name`;
      guestNames.set(author.person, author.name);
    }
    const remover = removed && people.get(removed.by);
    if (removed && !remover?.roles.some((role) => role === "MODERATOR" || role === "ADMIN"))
      yield `${here} is removed by "${removed.by}", who is no moderator`;
    if (deleted && removed) yield `${here} is both deleted and removed`;
    for (const later of [edited, deleted, removed]) {
      if (later && later.minutesAfter <= minutesAfter) yield `${here} changes before it is written`;
      if (later && later.minutesAfter > age) yield `${here} changes in the future`;
    }
    if (minutesAfter > age) yield `${here} is in the future`;
    const gone = parent?.deleted ?? parent?.removed;
    if (parent && minutesAfter <= parent.minutesAfter) yield `${here} answers before it is asked`;
    if (gone && minutesAfter >= gone.minutesAfter) yield `${here} answers a comment that is gone`;
    yield* resolutionProblems(article, comment, here);
  }
}

function* resolutionProblems(article: SeedArticle, comment: SeedComment, here: string): Generator<string> {
  if (comment.resolvedByRevision === null) return;
  const revision = article.revisions.find(({ number }) => number === comment.resolvedByRevision);
  const minutesAfter = revision && (article.publishedDaysAgo - revision.publishedDaysAgo) * minutesPerDay;
  if (minutesAfter === undefined) yield `${here} is resolved by a revision that does not exist`;
  else if (minutesAfter <= comment.minutesAfter) yield `${here} is resolved before it is written`;
}

/** Every comment with the one it answers, parents first. */
export function* walk(
  comments: readonly SeedComment[],
  parent: SeedComment | null = null,
): Generator<{ comment: SeedComment; parent: SeedComment | null }> {
  for (const comment of comments) {
    yield { comment, parent };
    yield* walk(comment.replies, comment);
  }
}
