export { compare, type Comparison } from "./compare.ts";
export { describeCode } from "./describeCode.ts";
export { describeCodes, describeQ850, describeReason, describeWarning } from "./describeOthers.ts";
export { describeSearch } from "./describeSearch.ts";
export type { Difference, Topic } from "./differences.ts";
export { explainLookUpError } from "./explainLookUpError.ts";
export {
  causesBecoming,
  codes,
  confusablePair,
  confusedWith,
  facts,
  nameOf,
  responseCode,
  type CodePair,
  type Facts,
  type Profile,
  type Q850Cause,
  type ReasonProtocol,
  type Symptom,
  type ToSip,
  type UnregisteredCode,
  type WarnCode,
} from "./facts.ts";
export { lookUp, q850, reasonProtocol, warning, type LookUp } from "./lookUp.ts";
export { LookUpError, type LookUpErrorCode } from "./lookUpError.ts";
export type { Block, Page, PageKind, Row, Section } from "./page.ts";
export type {
  CodeProse,
  FixSide,
  PairProse,
  ReferenceLanguage,
  ShortProse,
  SymptomProse,
} from "./referenceLanguage.ts";
export { requiredHeaderFields } from "./requiredHeaderFields.ts";
export type * from "./responseCode.ts";
export { search, type SearchHit } from "./search.ts";
