import { expect, test } from "vitest";
import { language as de } from "../language/languages/de.ts";
import { language } from "../language/languages/en.ts";
import { ruleSentences } from "../diagnosis/ruleSentences.ts";
import { formatText } from "../language/format.ts";
import { failedCall, gatewayFinding, message, reportOf } from "../view/report.fixture.ts";
import { redactReport } from "./redactReport.ts";

const credentials = {
  ...gatewayFinding,
  rule: "credentials-rejected",
  cause: "wrong-password-or-user",
  values: {
    client: "10.9.0.10:5060",
    server: "10.9.0.20:5060",
    realm: "carrier.test",
    username: "1001",
    statusCode: 407,
  },
  missing: [formatText(language.ui["missing.credentials"], { username: "1001", realm: "carrier.test" }, "en")],
  evidence: [
    {
      ...gatewayFinding.evidence[0],
      quote: 'Proxy-Authorization: Digest username="1001", realm="carrier.test", response="00ff"',
    },
  ],
};
const call = {
  ...failedCall,
  from: "sip:1001@carrier.test",
  findings: [credentials],
  messages: [message(1001, 0, 10, 20, "INVITE")],
};

test("a report is redacted in every place, its sentences are made again", () => {
  const { report } = redactReport(reportOf([call]), language);
  const text = JSON.stringify(report);
  for (const secret of ["10.9.0", "carrier.test", "alice", "4930123456", '1001"', "1001@", "gateway.pcap"]) {
    expect(text).not.toContain(secret);
  }
  const [{ from, findings, messages, callIds }] = report.calls;
  const [finding] = findings;
  const user = /sip:(\d+)@/u.exec(from)![1];
  expect(finding.why).toContain(`as user ${user}`);
  expect(finding.missing[0]).toContain(`password of ${user} in realm`);
  expect(finding.evidence[0].quote).toContain(`username="${user}"`);
  expect(messages![0].callId).toBe(callIds[0]);
});

test("an address without a port is no telephone number, and the path of a WebSocket keeps no more than what is usual", () => {
  const refused = {
    ...gatewayFinding,
    rule: "websocket-refused",
    cause: undefined,
    values: {
      client: "10.9.0.10",
      server: "10.9.0.20:8088",
      count: 1,
      clients: 1,
      path: "/acme/ws",
      answer: "HTTP/1.1 404 Not Found",
      because: "other",
    },
  };
  const { report } = redactReport(reportOf([{ ...failedCall, findings: [refused] }]), language);
  const { client, server, path } = report.calls[0].findings[0].values;
  expect(client).toMatch(/^10\.\d+\.\d+\.\d+$/u);
  expect(client).not.toBe("10.9.0.10");
  expect(String(server).split(":")[0]).not.toBe("10.9.0.20");
  expect(path).toMatch(/^\/(?!acme)[^/]+\/ws$/u);
});

test("a client without its port is no number, and users in a list are users", () => {
  const tried = {
    ...gatewayFinding,
    rule: "many-users-tried",
    cause: undefined,
    values: { client: "10.9.0.10", server: "10.9.0.20:5060", count: 8, examples: "1001, admin, 1002", codes: "404" },
    missing: [formatText(language.ui["missing.owner"], { address: "10.9.0.10" }, "en")],
  };
  const told = { ...tried, ...ruleSentences("many-users-tried", "", tried.values, language) };
  const [finding] = redactReport(reportOf([{ ...call, findings: [told] }]), language).report.calls[0].findings;
  const client = String(finding.values?.client);
  expect(client).toMatch(/^10\.\d+\.\d+\.\d+$/u);
  expect(finding.why).toMatch(new RegExp(`^${client} sent`, "u"));
  expect(finding.missing[0]).toContain(client);
  expect(finding.why).not.toMatch(/1001|admin|1002/u);
});

test("a value that chooses between sentences is no name", () => {
  const silent = {
    ...gatewayFinding,
    rule: "request-timed-out",
    cause: "next-hop-silent",
    values: {
      origin: "10.9.0.21:5060",
      next: "10.9.0.30:5060",
      method: "INVITE",
      seen: "yes",
      others: "none",
      attempts: 3,
    },
  };
  const { report } = redactReport(reportOf([{ ...failedCall, findings: [silent] }]), language);
  expect(report.calls[0].findings[0].why).toMatch(/^10\.\S+ sent the INVITE on to 10\.\S+ 3 times/u);
});

test("whom a certificate names as its issuer is a name, the same in the sentence and in the line shown", () => {
  const issuer = "O=Acme Corp, CN=Acme Issuing CA";
  const quote = `TLS Certificate: CN=pbx.acme.test, pbx.acme.test; issued by ${issuer}; valid 2026-01-01 to 2028-01-01`;
  const refused = {
    ...gatewayFinding,
    rule: "tls-handshake-failed",
    cause: "chain-incomplete",
    values: { how: "alert", alert: "unknown_ca", issuer, issuerAddress: "http://pki.acme.test/issuing.cer" },
    evidence: [{ ...gatewayFinding.evidence[0], quote }],
  };
  const [finding] = redactReport(reportOf([{ ...failedCall, findings: [refused] }]), language).report.calls[0].findings;
  expect(JSON.stringify(finding)).not.toMatch(/acme/iu);
  const name = /"(O=\S+, CN=[^"]+)"/u.exec(finding.why)?.[1] ?? "";
  expect(name).toMatch(/^O=N\w+, CN=N\w+$/u);
  expect(finding.evidence[0].quote).toContain(`issued by ${name};`);
});

test("a line of a session description is masked as in a message", () => {
  const quote = "a=fingerprint:sha-256 12:DF:3E:5D:49:6B:19:E5:7C:AB";
  const told = { ...gatewayFinding, evidence: [{ ...gatewayFinding.evidence[0], quote }] };
  const [finding] = redactReport(reportOf([{ ...failedCall, findings: [told] }]), language).report.calls[0].findings;
  expect(finding.evidence[0].quote).toMatch(/^a=fingerprint:sha-256 \S+$/u);
  expect(finding.evidence[0].quote).not.toContain("12:DF");
});

test("a number that only chose the sentence is not missing in it", () => {
  const sentence = language.ui["basis.followed-downstream"];
  const basis = [formatText(sentence, { hops: 1, address: "10.9.0.21:5060", frame: 12 }, "en")];
  const finding = { ...gatewayFinding, origin: { ...gatewayFinding.origin!, basis } };
  const { report } = redactReport(reportOf([{ ...failedCall, findings: [finding] }]), language);
  expect(report.calls[0].findings[0].origin!.basis[0]).toMatch(/seen one hop further down: .* in frame 12\.$/u);
});

test("a frame number is no telephone number, though one is the same", () => {
  const { report } = redactReport(reportOf([call]), language);
  expect(report.calls[0].messages![0].frame).toBe(1001);
});

test("what was replaced is counted", () => {
  const { redactions } = redactReport(reportOf([call]), language);
  expect(redactions.find(({ kind }) => kind === "credential")).toMatchObject({ values: 1 });
  expect(redactions.find(({ kind }) => kind === "file")).toEqual({ kind: "file", values: 1, count: 1 });
});

test("sentences in another language are made again in that language", () => {
  const { report } = redactReport(reportOf([call]), de);
  expect(report.calls[0].findings[0].title).toBe(formatText(de.rules["credentials-rejected"].title, {}, "de"));
});

test("a rule that is not known keeps its sentences, addresses replaced", () => {
  const unknown = { ...gatewayFinding, rule: "of-another-version" };
  const { report } = redactReport(reportOf([{ ...failedCall, findings: [unknown] }]), language);
  expect(report.calls[0].findings[0].title).toMatch(/^The telephone network behind 10\.\d\.\d\.\d\d is out of order$/u);
});
