export { Analysis, type AnalysisOptions } from "./diagnosis/analysis.ts";
export type { JudgePort } from "./diagnosis/judge/judgePort.ts";
export { analyze, type AnalyzeInput, type AnalyzeOptions } from "./diagnosis/analyze.ts";
export type { RecordSpace } from "./diagnosis/records/recordSpace.ts";
export type { DigestAlgorithm, DigestFunction, Password } from "./diagnosis/passwordProof.ts";
export type * from "./diagnosis/report.ts";
export type { TlsCrypto, TlsHash } from "./network/tls/tlsCrypto.ts";
export type { Language } from "./language/language.ts";
export * from "./view/index.ts";
