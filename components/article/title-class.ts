// Titles are questions and can be long; long ones are set smaller, so that they stay a title and not a wall.

/** Above this many characters a title would fill a phone's screen at full size. */
const longTitle = 60;

export function titleClass(title: string): string {
  return [...title].length > longTitle ? "title title-long" : "title";
}
