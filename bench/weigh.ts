// `npm run bench:weigh -- http://localhost:3000/articles/…`: what a reader's browser downloads for a page that has
// not changed for some seconds, file by file.
import { settle, visitCold } from "@/bench/visit";
import { launchBrowser } from "@/tests/support/chromium";

const [address] = process.argv.slice(2);
if (!address) throw new Error("Say which address: npm run bench:weigh -- http://localhost:3000/");
await settle(address);
const browser = await launchBrowser();
try {
  const { files, bytes, shift } = await visitCold(browser, address);
  for (const file of files) {
    process.stdout.write(
      `${String(file.bytes).padStart(8)}  ${file.encoding.padEnd(5)} ${file.type.padEnd(11)} ${file.path}\n`,
    );
  }
  process.stdout.write(
    `${String(bytes).padStart(8)}  bytes in ${files.length} requests; layout shift ${shift.toFixed(4)}\n`,
  );
} finally {
  await browser.close();
}
