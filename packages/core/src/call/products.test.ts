import { expect, test } from "vitest";
import { phraseTagOf, productByToTag, recognizedProduct } from "./products.ts";

test.each([
  ["kamailio (5.6.3)", "Kamailio", "proxy"],
  ["OpenSIPS (3.4.5 (x86_64/linux))", "OpenSIPS", "proxy"],
  ["Asterisk PBX 18.10.0", "Asterisk", "b2bua"],
  ["FreeSWITCH-mod_sofia/1.10.7-release~64bit", "FreeSWITCH", "b2bua"],
  ["Cisco-SIPGateway/IOS-17.6.1a", "Cisco IOS gateway", "gateway"],
  ["Jami Daemon 13.7.0 (linux)", "Jami", "phone"],
  ["Janus WebRTC Server SIP Plugin 0.0.8", "Janus", "gateway"],
  ["snomD785/10.1.84.12", "Snom", "phone"],
  ["friendly-scanner", "SIPVicious", "test-tool"],
])("%s is recognized", (text, name, kind) => {
  expect(recognizedProduct(text)).toMatchObject({ name, kind });
});

test("a product is recognized by how its name begins, not by a word in it", () => {
  expect(recognizedProduct("LabGW/7.1 (asterisk)")).toBeUndefined();
  expect(recognizedProduct("")).toBeUndefined();
});

const MD5 = "526bf18dd1bab241569ce48b19ae6ced";

test.each([
  [`${MD5}.4b6c3f89`, "Kamailio"],
  ["4b03bab8fd8a555fbba8c633071e2122-454f0000", "Kamailio"],
  [`${MD5}.4b6c`, "Kamailio/OpenSIPS"],
])("the To tag %s shows %s", (tag, product) => {
  expect(productByToTag(tag)).toBe(product);
});

test.each([
  "",
  "as7f3c1d2e",
  `${MD5}.4b6c3f8`,
  `${MD5}_4b6c3f89`,
  `${MD5.toUpperCase()}.4b6c3f89`,
  `${MD5.slice(1)}g.4b6c3f89`,
])("the To tag '%s' shows nothing", (tag) => {
  expect(productByToTag(tag)).toBeUndefined();
});

test("a phrase tag is a number and the module that answered, in brackets at the end", () => {
  expect(phraseTagOf("Unfortunately error on sending to next hop occurred (477/TM)")).toBe("(477/TM)");
  expect(phraseTagOf("I'm terribly sorry, server error occurred (1/SL)")).toBe("(1/SL)");
  expect(phraseTagOf("Busy (3/4)")).toBeUndefined();
  expect(phraseTagOf("Busy (477/TM) here")).toBeUndefined();
  expect(phraseTagOf("Busy Here")).toBeUndefined();
});
