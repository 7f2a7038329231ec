import type { Language, Message } from "@sipwhy/core/language";
import type { ReferenceLanguage } from "@sipwhy/core/reference";
import type { StringKey } from "./stringKey.generated.ts";

/** The site's own strings in one language, compiled from content/<tag>/web.json. */
export type Strings = Readonly<Record<StringKey, Message>>;

/** Words explained, by id, compiled from content/<tag>/glossary.json. */
export type Glossary = Readonly<Record<string, { readonly name: string; readonly says: string }>>;

/** What the site can say in one language; each part is loaded by the pages that need it. */
export interface Loaders {
  strings(): Promise<Strings>;
  glossary(): Promise<Glossary>;
  reference(): Promise<ReferenceLanguage>;
  language(): Promise<Language>;
}
