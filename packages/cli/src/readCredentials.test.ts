import { expect, test } from "vitest";
import { readCredentials } from "./readCredentials.ts";
import { temporaryFile } from "../test/temporaryFile.ts";

test("a line is user, realm and password, which may hold commas and spaces", () => {
  const path = temporaryFile("# comment\n\nalice,example.com,se,cret \r\nbob@x, realm two ,pw\n");
  expect(readCredentials(path)).toEqual({
    kind: "read",
    passwords: [
      { username: "alice", realm: "example.com", password: "se,cret " },
      { username: "bob@x", realm: "realm two", password: "pw" },
    ],
  });
});

test("JSON names the user either way", () => {
  const path = temporaryFile('[{"user":"a","realm":"r","password":"p"},{"username":"b","realm":"r","password":"q"}]');
  expect(readCredentials(path)).toMatchObject({ kind: "read", passwords: [{ username: "a" }, { username: "b" }] });
});

test("a line without two commas is named by its number, not by what it says", () => {
  expect(readCredentials(temporaryFile("alice,example.com,x\nsecret"))).toEqual({ kind: "malformed", line: 2 });
});

test("JSON of another shape, or broken, is malformed", () => {
  expect(readCredentials(temporaryFile('[{"user":"a","realm":"r"}]'))).toEqual({ kind: "malformed", line: 0 });
  expect(readCredentials(temporaryFile("[{"))).toEqual({ kind: "malformed", line: 0 });
});

test("a file that is not there is unreadable", () => {
  expect(readCredentials("/does/not/exist")).toEqual({ kind: "unreadable", reason: "ENOENT" });
});
