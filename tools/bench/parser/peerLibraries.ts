/** A parser written in C that Debian packages. Code of ours only calls it, and only in the bench. */
export interface PeerLibrary {
  readonly name: string;
  /** The file here that calls it. */
  readonly source: string;
  readonly pkgConfig: string;
  readonly debianPackage: string;
  readonly does: string;
}

export const peerLibraries: readonly PeerLibrary[] = [
  {
    name: "sofia-sip",
    source: "sofia.c",
    pkgConfig: "sofia-sip-ua",
    debianPackage: "libsofia-sip-ua-dev",
    does: "every header field of RFC 3261 and of many extensions, with URIs; other fields and the body as strings",
  },
  {
    name: "libosip2",
    source: "osip.c",
    pkgConfig: "libosip2",
    debianPackage: "libosip2-dev",
    does: "Via, addresses with URIs, Route, Record-Route, CSeq, Content-Type, Accept, credentials; other fields and the body as strings",
  },
  {
    name: "libre",
    source: "re.c",
    pkgConfig: "libre",
    debianPackage: "libre-dev",
    does: "start line, first Via, From, To with URIs, CSeq, Content-Type; a table of all fields by name, their values as they are",
  },
];
