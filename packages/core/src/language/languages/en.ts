// Generated from content/ by `npm run generate`. Do not edit.
import type { Language } from "../language.ts";

export const language: Language = JSON.parse(`{
"tag":"en",
"ui":{},
"help":{},
"rules":{}
}`) as Language;
