// Settings of other programs that the site may use: a store for files, and somebody with an opinion on comments.
import { isThisMachine } from "@/lib/env/address-settings";
import { EnvError } from "@/lib/env/env-error";

/** Who is asked for an opinion on each comment. */
export interface ScreeningHook {
  url: string;
  /** Both sides sign with it. */
  secret: string;
}

/** A store that speaks S3. */
export interface S3Place {
  /** Like "https://s3.example.org", without a path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export function parseS3(text: (name: string) => string | undefined): S3Place | undefined {
  const endpoint = text("S3_ENDPOINT");
  const [bucket, accessKeyId, secretAccessKey] = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"].map(text);
  if (!endpoint && !bucket && !accessKeyId && !secretAccessKey) return undefined;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) {
    throw new EnvError(
      "Keeping files in an S3 store needs S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY. Set all four or none.",
    );
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  const local = url !== null && isThisMachine(url);
  const isPlace = url !== null && (url.protocol === "https:" || (local && url.protocol === "http:"));
  if (!isPlace || url.pathname !== "/" || url.search || url.username) {
    throw new EnvError(
      `S3_ENDPOINT is "${endpoint}". Give the store's https address without a path, like https://s3.example.org; the bucket goes into S3_BUCKET.`,
    );
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new EnvError(`S3_BUCKET is "${bucket}", which is no name of a bucket.`);
  }
  return { endpoint: url.origin, bucket, region: text("S3_REGION") ?? "us-east-1", accessKeyId, secretAccessKey };
}

export function parseScreeningHook(address: string | undefined, secret: string | undefined): ScreeningHook | undefined {
  if (address === undefined && secret === undefined) return undefined;
  if (!address || !secret) {
    throw new EnvError(
      "Of SCREENING_HOOK_URL and SCREENING_HOOK_SECRET only one is set. Asking for opinions needs both; set both or none.",
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  const local = url !== null && isThisMachine(url);
  if (!url || (url.protocol !== "https:" && !(local && url.protocol === "http:")) || url.username || url.hash) {
    throw new EnvError(
      "SCREENING_HOOK_URL is no address that can be asked. Give an https address, or http on this machine, without user and password.",
    );
  }
  if (Buffer.byteLength(secret) < 32) {
    throw new EnvError("SCREENING_HOOK_SECRET is too short. Give at least 32 characters of randomness.");
  }
  return { url: url.href, secret };
}
