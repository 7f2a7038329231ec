import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCertificate } from "./certificate.ts";
import { readCertificates } from "./certificateMessage.ts";

/** Made with `openssl req -x509`; it runs past 2050, so that its end is a GeneralizedTime. */
const certificate: Uint8Array = Uint8Array.from(
  atob(
    [
      "MIICAzCCAaigAwIBAgIUR/nVhJGGLFTYHkhAJzD5/yZ9hIYwCgYIKoZIzj0EAwIwKTEMMAoGA1UECgwDTGFiMRkwFwYDVQQDDBBT",
      "aXAuRXhhbXBsZS5UZXN0MCAXDTI2MTEyODE2MDEwNloYDzIwODEwODMxMTYwMTA2WjApMQwwCgYDVQQKDANMYWIxGTAXBgNVBAMM",
      "EFNpcC5FeGFtcGxlLlRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATJ0u97VHhvTg6qSoaL5lrI3t7qsvFgOGWC/5O5yczP",
      "DTBR7Uu5qA11W/G+KV79y5TkL8h70krshTeWtUzWJo+vo4GrMIGoMB0GA1UdDgQWBBRnQHUCHqo3nCvLhasQ8U13UBnTezAfBgNV",
      "HSMEGDAWgBRnQHUCHqo3nCvLhasQ8U13UBnTezAPBgNVHRMBAf8EBTADAQH/MFUGA1UdEQROMEyCEFNJUC5leGFtcGxlLnRlc3SG",
      "EHNpcDpleGFtcGxlLnRlc3SHBMAAAgeHECABDbgAAAAAAAAAAAAAAAGBDmFAZXhhbXBsZS50ZXN0MAoGCCqGSM49BAMCA0kAMEYC",
      "IQDsMSsMcSiHuikTo3CTqEHqbJ2FMfQoJuD8S/9brGTqLQIhAOhFweog4FGOxY3LV4AFVJWlLADu/UoDsLtjPrNXmUja",
    ].join(""),
  ),
  (character) => character.charCodeAt(0),
);

const expected = {
  commonName: "Sip.Example.Test",
  subject: "O=Lab, CN=Sip.Example.Test",
  issuer: "O=Lab, CN=Sip.Example.Test",
  issuerAddress: "",
  names: ["sip.example.test", "sip:example.test", "192.0.2.7"],
  notBeforeMicros: Date.UTC(2026, 10, 28, 16, 1, 6) * 1000,
  notAfterMicros: Date.UTC(2081, 7, 31, 16, 1, 6) * 1000,
};

function uint24(value: number): number[] {
  return [value >> 16, (value >> 8) & 255, value & 255];
}

describe("a certificate", () => {
  test("gives its names and the time in which it is valid", () => {
    expect(readCertificate(certificate, 0, certificate.length)).toEqual(expected);
  });

  test("is read in the message of either version, with those behind it", () => {
    const entry = [...uint24(certificate.length), ...certificate];
    const twice = [...uint24(entry.length * 2), ...entry, ...entry];
    expect(readCertificates(Uint8Array.from(twice), 0, twice.length, false)).toEqual([expected, expected]);
    const extended = [...entry, 0, 2, 9, 9];
    const message = [1, 7, ...uint24(extended.length * 2), ...extended, ...extended];
    expect(readCertificates(Uint8Array.from(message), 0, message.length, true)).toEqual([expected, expected]);
  });

  test("that is cut is none, one that is changed is no reason to stop", () => {
    const flips = fc.array(fc.tuple(fc.nat(certificate.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(flips, fc.nat(certificate.length - 1), (list, end) => {
        expect(readCertificate(certificate, 0, end)).toBeUndefined();
        const bytes = Uint8Array.from(certificate);
        for (const [at, value] of list) bytes[at] = value;
        const read = readCertificate(bytes, 0, bytes.length);
        expect(read?.names.length ?? 0).toBeLessThanOrEqual(32);
        for (const name of read?.names ?? []) expect(name).toMatch(/^[ -~]*$/);
      }),
      { numRuns: 2000 },
    );
  });
});
