// What these tests expect of a page. A page that has not come to it by then never will; less may be a busy machine.
import { expect as expectOfPage } from "@playwright/test";

export const expect = expectOfPage.configure({ timeout: 30_000 });
