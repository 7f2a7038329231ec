declare module "virtual:content-state" {
  /** When a file of content/ changed last, by path from the workspace root. */
  export const dates: Readonly<Record<string, string>>;
  /** Translations that are older than their English. */
  export const stale: readonly string[];
  /** When the copy of IANA's registry was made. */
  export const registryDate: string;
}
