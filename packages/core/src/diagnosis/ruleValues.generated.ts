// Generated from content/ by `npm run generate`. Do not edit.

/** By rule id: each cause its prose knows, with the values its title, why and fix mention. */
export interface RuleValues {
  "ack-missing":
    | {
        readonly cause: "ack-lost";
        readonly values: {
          readonly ackFrame: string | number;
          readonly callee: string | number;
          readonly client: string | number;
          readonly gruu: string | number;
          readonly lostAt: string | number;
          readonly reached: string | number;
          readonly recorder: string | number;
          readonly retransmissions: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "ack-misrouted";
        readonly values: {
          readonly ackFrame: string | number;
          readonly callee: string | number;
          readonly client: string | number;
          readonly differs: string | number;
          readonly retransmissions: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "ack-not-sent";
        readonly values: {
          readonly asked: string | number;
          readonly bytes: string | number;
          readonly callee: string | number;
          readonly caller: string | number;
          readonly client: string | number;
          readonly contact: string | number;
          readonly delivery: string | number;
          readonly origin: string | number;
          readonly reason: string | number;
          readonly reporter: string | number;
          readonly retransmissions: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "contact-absent";
        readonly values: {
          readonly callee: string | number;
          readonly origin: string | number;
          readonly retransmissions: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "contact-unroutable";
        readonly values: {
          readonly callee: string | number;
          readonly contact: string | number;
          readonly origin: string | number;
          readonly retransmissions: string | number;
          readonly rewriter: string | number;
          readonly route: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "given-up";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly contact: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
        };
      };
  "address-rewritten":
    | {
        readonly cause: "alg-suspected";
        readonly values: {
          readonly after: string | number;
          readonly before: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "half-rewritten";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly private: string | number;
          readonly privateField: string | number;
          readonly public: string | number;
          readonly publicField: string | number;
          readonly server: string | number;
        };
      };
  "better-answer-hidden": {
    readonly cause?: undefined;
    readonly values: {
      readonly betterCode: string | number;
      readonly betterPhrase: string | number;
      readonly callee: string | number;
      readonly element: string | number;
      readonly frame: string | number;
      readonly next: string | number;
      readonly statusCode: string | number;
    };
  };
  "body-refused":
    | {
        readonly cause: "accept";
        readonly values: {
          readonly accepted: string | number;
          readonly client: string | number;
          readonly doubt: string | number;
          readonly origin: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "content-encoding";
        readonly values: {
          readonly client: string | number;
          readonly encoding: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "content-type";
        readonly values: {
          readonly accepted: string | number;
          readonly client: string | number;
          readonly contentType: string | number;
          readonly doubt: string | number;
          readonly multipart: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "too-large";
        readonly values: {
          readonly bytes: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly retrySeconds: string | number;
        };
      }
    | {
        readonly cause: "undecipherable";
        readonly values: {
          readonly client: string | number;
          readonly contentType: string | number;
          readonly doubt: string | number;
          readonly origin: string | number;
        };
      };
  "call-blocked":
    | {
        readonly cause: "by-analytics";
        readonly values: {
          readonly callee: string | number;
          readonly caller: string | number;
          readonly contact: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "by-person";
        readonly values: {
          readonly callee: string | number;
          readonly caller: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "call-cancelled":
    | { readonly cause: "answered-elsewhere"; readonly values: { readonly shown: string | number } }
    | {
        readonly cause: "by-bye";
        readonly values: {
          readonly client: string | number;
          readonly confirmed: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "caller-gave-up";
        readonly values: {
          readonly client: string | number;
          readonly confirmed: string | number;
          readonly gone: string | number;
          readonly icmp: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      }
    | { readonly cause: "cancel-before-provisional"; readonly values: { readonly client: string | number } }
    | {
        readonly cause: "not-by-client";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
          readonly shown: string | number;
        };
      }
    | {
        readonly cause: "reason-given";
        readonly values: {
          readonly client: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "ring-timeout";
        readonly values: {
          readonly client: string | number;
          readonly seconds: string | number;
          readonly shown: string | number;
        };
      };
  "call-dropped":
    | {
        readonly cause: "media-timeout";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "network-failure";
        readonly values: {
          readonly callee: string | number;
          readonly channel: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "onward-failed";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "other-reason";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "preempted";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "protocol-error";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "server-failure";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "time-limit";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "timer-expired";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly reason: string | number;
          readonly seconds: string | number;
        };
      };
  "callee-busy":
    | {
        readonly cause: "device-at-once";
        readonly values: {
          readonly by: string | number;
          readonly callee: string | number;
          readonly millis: string | number;
          readonly origin: string | number;
          readonly q850: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "everywhere";
        readonly values: {
          readonly by: string | number;
          readonly callee: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "person-busy";
        readonly values: {
          readonly by: string | number;
          readonly callee: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
        };
      };
  "callee-declined":
    | {
        readonly cause: "by-device";
        readonly values: {
          readonly callee: string | number;
          readonly millis: string | number;
          readonly pace: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "by-person";
        readonly values: { readonly callee: string | number; readonly seconds: string | number };
      }
    | {
        readonly cause: "by-policy";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      };
  "callee-unavailable":
    | { readonly cause: "absent"; readonly values: { readonly callee: string | number } }
    | {
        readonly cause: "do-not-disturb";
        readonly values: {
          readonly millis: string | number;
          readonly origin: string | number;
          readonly says: string | number;
        };
      }
    | {
        readonly cause: "no-registration";
        readonly values: {
          readonly callee: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly registrar: string | number;
        };
      }
    | {
        readonly cause: "not-answered";
        readonly values: {
          readonly callee: string | number;
          readonly origin: string | number;
          readonly q850: string | number;
          readonly rang: string | number;
          readonly seconds: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "registration-lapsed";
        readonly values: {
          readonly callee: string | number;
          readonly ended: string | number;
          readonly lapsed: string | number;
          readonly method: string | number;
          readonly registered: string | number;
          readonly remover: string | number;
        };
      }
    | { readonly cause: "scheme-refused"; readonly values: { readonly callee: string | number } }
    | {
        readonly cause: "unmapped-cause";
        readonly values: { readonly origin: string | number; readonly q850: string | number };
      }
    | {
        readonly cause: "unspecified";
        readonly values: {
          readonly origin: string | number;
          readonly q850: string | number;
          readonly seconds: string | number;
        };
      };
  "calls-equally-long": {
    readonly cause?: undefined;
    readonly values: {
      readonly after: string | number;
      readonly count: string | number;
      readonly ender: string | number;
      readonly seconds: string | number;
      readonly side: string | number;
      readonly spread: string | number;
    };
  };
  "cancel-ignored":
    | {
        readonly cause: "crossed-answer";
        readonly values: {
          readonly client: string | number;
          readonly ended: string | number;
          readonly millis: string | number;
        };
      }
    | {
        readonly cause: "no-487";
        readonly values: {
          readonly answered: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "refused";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "capture-incomplete":
    | {
        readonly cause: "clock-stepped";
        readonly values: { readonly count: string | number; readonly frame: string | number };
      }
    | {
        readonly cause: "duplicated";
        readonly values: { readonly count: string | number; readonly frame: string | number };
      }
    | {
        readonly cause: "file-cut";
        readonly values: { readonly bytes: string | number; readonly frame: string | number };
      }
    | { readonly cause: "one-direction"; readonly values: {} }
    | { readonly cause: "packets-cut"; readonly values: { readonly count: string | number } }
    | { readonly cause: "packets-dropped"; readonly values: { readonly count: string | number } };
  "challenge-unanswered":
    | {
        readonly cause: "integrity-only";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "no-credentials";
        readonly values: {
          readonly client: string | number;
          readonly inside: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
          readonly sender: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "other-realm";
        readonly values: {
          readonly answered: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
        };
      }
    | {
        readonly cause: "wrong-header";
        readonly values: {
          readonly answered: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
          readonly wanted: string | number;
        };
      };
  "change-unanswered": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly end: string | number;
      readonly seconds: string | number;
      readonly server: string | number;
      readonly status: string | number;
    };
  };
  "connection-lost":
    | {
        readonly cause: "by-callee";
        readonly values: {
          readonly callee: string | number;
          readonly phone: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "by-caller";
        readonly values: {
          readonly callee: string | number;
          readonly phone: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
        };
      };
  "connection-not-opened":
    | {
        readonly cause: "icmp-unreachable";
        readonly values: {
          readonly client: string | number;
          readonly clients: string | number;
          readonly count: string | number;
          readonly reason: string | number;
          readonly reporter: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      }
    | {
        readonly cause: "no-answer";
        readonly values: {
          readonly client: string | number;
          readonly clients: string | number;
          readonly count: string | number;
          readonly packet: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      }
    | {
        readonly cause: "refused";
        readonly values: {
          readonly client: string | number;
          readonly clients: string | number;
          readonly count: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      };
  "credentials-rejected":
    | {
        readonly cause: "nonce-mismatch";
        readonly values: {
          readonly challenged: string | number;
          readonly challenger: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
        };
      }
    | {
        readonly cause: "proven-right-password";
        readonly values: {
          readonly client: string | number;
          readonly nonce: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
          readonly said: string | number;
          readonly username: string | number;
        };
      }
    | {
        readonly cause: "proven-wrong-password";
        readonly values: {
          readonly client: string | number;
          readonly realm: string | number;
          readonly username: string | number;
        };
      }
    | {
        readonly cause: "wrong-password-or-user";
        readonly values: {
          readonly client: string | number;
          readonly nonce: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
          readonly said: string | number;
          readonly username: string | number;
        };
      };
  "datagram-too-large":
    | {
        readonly cause: "fragments-lost";
        readonly values: {
          readonly answered: string | number;
          readonly answeredMethod: string | number;
          readonly bytes: string | number;
          readonly client: string | number;
          readonly fragmented: string | number;
          readonly method: string | number;
          readonly reporter: string | number;
          readonly server: string | number;
          readonly shown: string | number;
        };
      }
    | {
        readonly cause: "refused";
        readonly values: {
          readonly bytes: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly small: string | number;
        };
      };
  "dialog-unknown":
    | {
        readonly cause: "already-ended";
        readonly values: {
          readonly client: string | number;
          readonly inviteCode: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
          readonly seen: string | number;
        };
      }
    | {
        readonly cause: "cancel-too-late";
        readonly values: {
          readonly client: string | number;
          readonly inviteCode: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "cancel-unmatched";
        readonly values: {
          readonly client: string | number;
          readonly differs: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "not-answered-yet";
        readonly values: { readonly client: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "other-server";
        readonly values: {
          readonly client: string | number;
          readonly expected: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "prack-unmatched";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly sent: string | number;
        };
      }
    | {
        readonly cause: "replaces-unmatched";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly seen: string | number;
          readonly sent: string | number;
        };
      }
    | {
        readonly cause: "subscription-over";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly seen: string | number;
        };
      }
    | {
        readonly cause: "tag-wrong-or-missing";
        readonly values: {
          readonly client: string | number;
          readonly fromTag: string | number;
          readonly inviteCode: string | number;
          readonly knownTags: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly seen: string | number;
          readonly toTag: string | number;
        };
      };
  "digest-algorithm-unsupported": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly offered: string | number;
      readonly origin: string | number;
      readonly realm: string | number;
      readonly used: string | number;
    };
  };
  "ended-in-between":
    | {
        readonly cause: "by-itself";
        readonly values: {
          readonly callee: string | number;
          readonly ender: string | number;
          readonly first: string | number;
          readonly second: string | number;
          readonly seconds: string | number;
          readonly way: string | number;
        };
      }
    | {
        readonly cause: "request-failed";
        readonly values: {
          readonly asked: string | number;
          readonly callee: string | number;
          readonly ender: string | number;
          readonly method: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      };
  "event-package-refused": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly doubt: string | number;
      readonly method: string | number;
      readonly offered: string | number;
      readonly origin: string | number;
      readonly package: string | number;
    };
  };
  "extension-refused": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly demanded: string | number;
      readonly field: string | number;
      readonly origin: string | number;
      readonly tags: string | number;
    };
  };
  "extension-required": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly offered: string | number;
      readonly origin: string | number;
      readonly statusCode: string | number;
      readonly tags: string | number;
    };
  };
  "extra-answer-leaked": {
    readonly cause?: undefined;
    readonly values: {
      readonly callee: string | number;
      readonly chosen: string | number;
      readonly client: string | number;
      readonly origin: string | number;
      readonly passed: string | number;
      readonly seconds: string | number;
    };
  };
  "failover-not-attempted": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly method: string | number;
      readonly name: string | number;
      readonly others: string | number;
      readonly server: string | number;
      readonly statusCode: string | number;
    };
  };
  "final-response-missing":
    | {
        readonly cause: "after-bye";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly status: string | number;
          readonly waited: string | number;
        };
      }
    | {
        readonly cause: "bye-instead";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "not-passed-on";
        readonly values: {
          readonly client: string | number;
          readonly next: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "ringing-only";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "trying-only";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly status: string | number;
        };
      };
  "gateway-bad-response":
    | {
        readonly cause: "downstream-5xx";
        readonly values: {
          readonly downstreamCode: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "malformed";
        readonly values: {
          readonly line: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "wrong-transaction";
        readonly values: {
          readonly field: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "gateway-destination-out-of-order":
    | {
        readonly cause: "destination";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "network";
        readonly values: { readonly origin: string | number; readonly statusCode: string | number };
      };
  "gateway-failure-unexplained": {
    readonly cause?: undefined;
    readonly values: {
      readonly callId: string | number;
      readonly downstreamCode: string | number;
      readonly next: string | number;
      readonly origin: string | number;
      readonly said: string | number;
      readonly seen: string | number;
      readonly statusCode: string | number;
    };
  };
  "hops-exhausted-at-source": {
    readonly cause?: undefined;
    readonly values: {
      readonly callee: string | number;
      readonly client: string | number;
      readonly maxForwards: string | number;
      readonly method: string | number;
      readonly origin: string | number;
    };
  };
  "identity-rejected":
    | {
        readonly cause: "certificate-unreachable";
        readonly values: {
          readonly certificate: string | number;
          readonly client: string | number;
          readonly identities: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "certificate-untrusted";
        readonly values: {
          readonly client: string | number;
          readonly identities: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "missing";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "signature-or-number";
        readonly values: {
          readonly client: string | number;
          readonly from: string | number;
          readonly identities: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly signed: string | number;
        };
      }
    | {
        readonly cause: "stale-date";
        readonly values: {
          readonly date: string | number;
          readonly field: string | number;
          readonly future: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
        };
      };
  "interval-too-small":
    | {
        readonly cause: "expires";
        readonly values: {
          readonly asked: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly minimum: string | number;
          readonly origin: string | number;
          readonly told: string | number;
        };
      }
    | {
        readonly cause: "retry-ignored-minimum";
        readonly values: {
          readonly asked: string | number;
          readonly client: string | number;
          readonly lacks: string | number;
          readonly minimum: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "session-interval";
        readonly values: {
          readonly asked: string | number;
          readonly client: string | number;
          readonly minimum: string | number;
          readonly origin: string | number;
          readonly told: string | number;
        };
      };
  "many-users-tried": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly codes: string | number;
      readonly count: string | number;
      readonly examples: string | number;
      readonly server: string | number;
    };
  };
  "media-failed-after-answer": {
    readonly cause?: undefined;
    readonly values: {
      readonly callee: string | number;
      readonly ender: string | number;
      readonly lacks: string | number;
      readonly millis: string | number;
      readonly reason: string | number;
    };
  };
  "media-missing":
    | {
        readonly cause: "consent-lost";
        readonly values: {
          readonly media: string | number;
          readonly receiver: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "dtls-failed";
        readonly values: {
          readonly alert: string | number;
          readonly media: string | number;
          readonly receiver: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly step: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "fax-missing";
        readonly values: {
          readonly how: string | number;
          readonly media: string | number;
          readonly packets: string | number;
          readonly reason: string | number;
          readonly receiver: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly silent: string | number;
          readonly talker: string | number;
          readonly times: string | number;
          readonly towards: string | number;
        };
      }
    | {
        readonly cause: "ice-failed";
        readonly values: {
          readonly answer: string | number;
          readonly code: string | number;
          readonly media: string | number;
          readonly others: string | number;
          readonly receiver: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "none";
        readonly values: {
          readonly media: string | number;
          readonly receiver: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly shown: string | number;
        };
      }
    | {
        readonly cause: "one-way";
        readonly values: {
          readonly beyond: string | number;
          readonly ended: string | number;
          readonly ender: string | number;
          readonly fed: string | number;
          readonly media: string | number;
          readonly packets: string | number;
          readonly profile: string | number;
          readonly receiver: string | number;
          readonly returned: string | number;
          readonly seconds: string | number;
          readonly seen: string | number;
          readonly sender: string | number;
          readonly silent: string | number;
          readonly towards: string | number;
        };
      }
    | {
        readonly cause: "payload-unlisted";
        readonly values: {
          readonly listed: string | number;
          readonly media: string | number;
          readonly packets: string | number;
          readonly payload: string | number;
          readonly receiver: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
        };
      }
    | {
        readonly cause: "private-address";
        readonly values: {
          readonly media: string | number;
          readonly receiver: string | number;
          readonly seen: string | number;
          readonly sender: string | number;
        };
      }
    | {
        readonly cause: "stopped";
        readonly values: {
          readonly ender: string | number;
          readonly media: string | number;
          readonly packets: string | number;
          readonly receiver: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly way: string | number;
        };
      }
    | {
        readonly cause: "unreachable";
        readonly values: {
          readonly announced: string | number;
          readonly media: string | number;
          readonly reason: string | number;
          readonly receiver: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "video-missing";
        readonly values: {
          readonly beyond: string | number;
          readonly how: string | number;
          readonly listed: string | number;
          readonly media: string | number;
          readonly packets: string | number;
          readonly payload: string | number;
          readonly reason: string | number;
          readonly receiver: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly sender: string | number;
          readonly times: string | number;
        };
      };
  "media-not-acceptable":
    | {
        readonly cause: "address-family";
        readonly values: {
          readonly callee: string | number;
          readonly known: string | number;
          readonly offered: string | number;
          readonly understood: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "encryption-mismatch";
        readonly values: {
          readonly before: string | number;
          readonly callee: string | number;
          readonly changer: string | number;
          readonly known: string | number;
          readonly offered: string | number;
          readonly understood: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "fax-refused";
        readonly values: {
          readonly asker: string | number;
          readonly callee: string | number;
          readonly compressed: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "media-kind";
        readonly values: {
          readonly callee: string | number;
          readonly known: string | number;
          readonly offered: string | number;
          readonly origin: string | number;
          readonly understood: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "no-common-codec";
        readonly values: {
          readonly before: string | number;
          readonly callee: string | number;
          readonly changer: string | number;
          readonly known: string | number;
          readonly offered: string | number;
          readonly understood: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "no-sdp-difference-found";
        readonly values: {
          readonly answered: string | number;
          readonly callee: string | number;
          readonly offered: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "profile-mismatch";
        readonly values: {
          readonly before: string | number;
          readonly callee: string | number;
          readonly changer: string | number;
          readonly known: string | number;
          readonly offered: string | number;
          readonly understood: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "webrtc-incomplete";
        readonly values: {
          readonly callee: string | number;
          readonly lacks: string | number;
          readonly warning: string | number;
        };
      };
  "method-refused":
    | {
        readonly cause: "advertised-before";
        readonly values: {
          readonly client: string | number;
          readonly frame: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "not-allowed";
        readonly values: {
          readonly allowed: string | number;
          readonly client: string | number;
          readonly doubt: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly request: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "not-implemented";
        readonly values: {
          readonly client: string | number;
          readonly doubt: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly q850: string | number;
          readonly request: string | number;
        };
      };
  "nat-binding-expired": {
    readonly cause?: undefined;
    readonly values: {
      readonly closed: string | number;
      readonly contact: string | number;
      readonly method: string | number;
      readonly server: string | number;
      readonly silent: string | number;
      readonly user: string | number;
    };
  };
  "nonce-always-stale":
    | {
        readonly cause: "nonce-lifetime-too-short";
        readonly values: {
          readonly client: string | number;
          readonly count: string | number;
          readonly millis: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
        };
      }
    | {
        readonly cause: "servers-do-not-share-nonces";
        readonly values: {
          readonly client: string | number;
          readonly count: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
        };
      };
  "number-not-found":
    | {
        readonly cause: "ambiguous";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "domain-not-served";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly redirector: string | number;
        };
      }
    | {
        readonly cause: "gone";
        readonly values: {
          readonly callee: string | number;
          readonly redirector: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "incomplete";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly q850: string | number;
          readonly redirector: string | number;
          readonly statusCode: string | number;
          readonly user: string | number;
        };
      }
    | {
        readonly cause: "not-in-routing";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly redirector: string | number;
          readonly route: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "number-format";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly example: string | number;
          readonly origin: string | number;
          readonly redirector: string | number;
        };
      }
    | {
        readonly cause: "scheme-unsupported";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly origin: string | number;
          readonly scheme: string | number;
        };
      }
    | {
        readonly cause: "unallocated-in-pstn";
        readonly values: {
          readonly callee: string | number;
          readonly origin: string | number;
          readonly redirector: string | number;
        };
      };
  "offer-glare":
    | {
        readonly cause: "crossing";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly millis: string | number;
          readonly origin: string | number;
          readonly seen: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "no-retry";
        readonly values: {
          readonly client: string | number;
          readonly ended: string | number;
          readonly least: string | number;
          readonly method: string | number;
          readonly most: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "retry-in-wrong-window";
        readonly values: {
          readonly client: string | number;
          readonly least: string | number;
          readonly method: string | number;
          readonly most: string | number;
          readonly owner: string | number;
          readonly seconds: string | number;
        };
      };
  "prack-missing": {
    readonly cause?: undefined;
    readonly values: {
      readonly client: string | number;
      readonly origin: string | number;
      readonly rack: string | number;
      readonly retransmissions: string | number;
      readonly seconds: string | number;
      readonly sent: string | number;
      readonly status: string | number;
    };
  };
  "redirect-not-followed":
    | {
        readonly cause: "contact-unroutable";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly contact: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "loop";
        readonly values: {
          readonly callee: string | number;
          readonly contact: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "no-target";
        readonly values: {
          readonly callee: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "not-tried";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly contact: string | number;
          readonly dialled: string | number;
          readonly method: string | number;
          readonly name: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
          readonly tried: string | number;
        };
      };
  "registration-lapsed":
    | {
        readonly cause: "flapping";
        readonly values: {
          readonly client: string | number;
          readonly oneDevice: string | number;
          readonly other: string | number;
          readonly registrar: string | number;
          readonly user: string | number;
        };
      }
    | {
        readonly cause: "granted-shorter";
        readonly values: {
          readonly asked: string | number;
          readonly client: string | number;
          readonly granted: string | number;
          readonly late: string | number;
          readonly registrar: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "not-refreshed";
        readonly values: {
          readonly client: string | number;
          readonly granted: string | number;
          readonly late: string | number;
          readonly registrar: string | number;
          readonly seconds: string | number;
          readonly user: string | number;
        };
      };
  "request-forbidden":
    | {
        readonly cause: "after-authentication";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly username: string | number;
        };
      }
    | {
        readonly cause: "after-ringing";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "before-authentication";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly from: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "caller-id-refused";
        readonly values: {
          readonly accepted: string | number;
          readonly client: string | number;
          readonly from: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "cause-mapped";
        readonly values: { readonly origin: string | number; readonly q850: string | number };
      }
    | {
        readonly cause: "identity-differs";
        readonly values: {
          readonly client: string | number;
          readonly from: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly realm: string | number;
          readonly username: string | number;
        };
      }
    | {
        readonly cause: "inside-dialog";
        readonly values: {
          readonly after: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      };
  "request-malformed":
    | {
        readonly cause: "content-length";
        readonly values: {
          readonly client: string | number;
          readonly effect: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "cseq-method";
        readonly values: {
          readonly client: string | number;
          readonly effect: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly sent: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "field-missing";
        readonly values: {
          readonly client: string | number;
          readonly effect: string | number;
          readonly field: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly phrase: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "field-repeated";
        readonly values: {
          readonly client: string | number;
          readonly effect: string | number;
          readonly field: string | number;
          readonly line: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "no-flaw-found";
        readonly values: {
          readonly about: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly phrase: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "syntax";
        readonly values: {
          readonly client: string | number;
          readonly column: string | number;
          readonly effect: string | number;
          readonly field: string | number;
          readonly line: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "request-merged": {
    readonly cause?: undefined;
    readonly values: {
      readonly callee: string | number;
      readonly copies: string | number;
      readonly forker: string | number;
      readonly method: string | number;
      readonly origin: string | number;
    };
  };
  "request-refused":
    | {
        readonly cause: "alert-bad";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "anonymous";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly detail: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "breadth-exhausted";
        readonly values: { readonly detail: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "condition-failed";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "consent-needed";
        readonly values: { readonly detail: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "flow-failed";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "info-package-unknown";
        readonly values: {
          readonly accepted: string | number;
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "location-bad";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "meant-for-calls";
        readonly values: {
          readonly after: string | number;
          readonly client: string | number;
          readonly inside: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "meant-for-others";
        readonly values: {
          readonly client: string | number;
          readonly meant: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "not-cancelled";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "nothing-pending";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "other-service";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "outbound-unsupported";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "payment-required";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "precondition-failed";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "priority-unknown";
        readonly values: {
          readonly accepted: string | number;
          readonly client: string | number;
          readonly detail: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "push-unsupported";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "referrer-unproven";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "uri-too-long";
        readonly values: {
          readonly detail: string | number;
          readonly method: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "version-unknown";
        readonly values: {
          readonly client: string | number;
          readonly detail: string | number;
          readonly origin: string | number;
        };
      };
  "request-timed-out":
    | {
        readonly cause: "dependency-silent";
        readonly values: { readonly origin: string | number; readonly statusCode: string | number };
      }
    | {
        readonly cause: "next-hop-silent";
        readonly values: {
          readonly answer: string | number;
          readonly answered: string | number;
          readonly answeredTo: string | number;
          readonly attempts: string | number;
          readonly connection: string | number;
          readonly inside: string | number;
          readonly method: string | number;
          readonly millis: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly others: string | number;
          readonly provisional: string | number;
          readonly reason: string | number;
          readonly redirector: string | number;
          readonly registered: string | number;
          readonly repeats: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly seen: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "no-binding";
        readonly values: {
          readonly callee: string | number;
          readonly millis: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "not-answered";
        readonly values: {
          readonly callee: string | number;
          readonly gone: string | number;
          readonly origin: string | number;
          readonly reason: string | number;
          readonly reporter: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "sent-to-non-invite";
        readonly values: {
          readonly method: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly reason: string | number;
          readonly registered: string | number;
          readonly reporter: string | number;
          readonly seen: string | number;
          readonly statusCode: string | number;
        };
      };
  "request-unanswered":
    | {
        readonly cause: "answer-lost";
        readonly values: {
          readonly attempts: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "connection-closed";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly reason: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "connection-dead";
        readonly values: {
          readonly client: string | number;
          readonly full: string | number;
          readonly method: string | number;
          readonly repeatedSeconds: string | number;
          readonly repeats: string | number;
          readonly segmentBytes: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      }
    | {
        readonly cause: "connection-misframed";
        readonly values: {
          readonly announced: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "connection-refused";
        readonly values: {
          readonly client: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      }
    | {
        readonly cause: "connection-reset";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly server: string | number;
          readonly transport: string | number;
        };
      }
    | {
        readonly cause: "icmp-unreachable";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly reason: string | number;
          readonly redirector: string | number;
          readonly reporter: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "next-hop-silent";
        readonly values: {
          readonly answered: string | number;
          readonly answeredTo: string | number;
          readonly attempts: string | number;
          readonly client: string | number;
          readonly inside: string | number;
          readonly known: string | number;
          readonly method: string | number;
          readonly redirector: string | number;
          readonly registered: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "not-read";
        readonly values: {
          readonly client: string | number;
          readonly fullSeconds: string | number;
          readonly method: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "not-sip";
        readonly values: {
          readonly answer: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "response-misdelivered";
        readonly values: {
          readonly client: string | number;
          readonly delivered: string | number;
          readonly method: string | number;
          readonly server: string | number;
        };
      };
  "response-malformed":
    | {
        readonly cause: "content-length";
        readonly values: { readonly sender: string | number; readonly status: string | number };
      }
    | {
        readonly cause: "field-missing";
        readonly values: {
          readonly field: string | number;
          readonly sender: string | number;
          readonly status: string | number;
        };
      }
    | {
        readonly cause: "status-line";
        readonly values: {
          readonly digits: string | number;
          readonly line: string | number;
          readonly sender: string | number;
        };
      }
    | {
        readonly cause: "syntax";
        readonly values: {
          readonly field: string | number;
          readonly sender: string | number;
          readonly status: string | number;
        };
      };
  "response-misdelivered":
    | {
        readonly cause: "no-rport";
        readonly values: {
          readonly client: string | number;
          readonly delivered: string | number;
          readonly method: string | number;
          readonly nat: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "sent-by-private";
        readonly values: {
          readonly client: string | number;
          readonly delivered: string | number;
          readonly method: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      };
  "routing-loop":
    | {
        readonly cause: "b2bua-loop";
        readonly values: {
          readonly callee: string | number;
          readonly element: string | number;
          readonly hops: string | number;
          readonly next: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "proxy-loop";
        readonly values: {
          readonly callee: string | number;
          readonly element: string | number;
          readonly inside: string | number;
          readonly method: string | number;
          readonly next: string | number;
          readonly statusCode: string | number;
          readonly times: string | number;
        };
      }
    | {
        readonly cause: "spiral-exhausted";
        readonly values: {
          readonly callee: string | number;
          readonly element: string | number;
          readonly method: string | number;
          readonly times: string | number;
        };
      };
  "scanner-seen":
    | {
        readonly cause: "let-in";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly product: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "refused";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly product: string | number;
          readonly statusCode: string | number;
        };
      };
  "sequence-out-of-order":
    | {
        readonly cause: "cseq-lower";
        readonly values: {
          readonly client: string | number;
          readonly last: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly sent: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "overlapping-invite";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly open: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "service-unavailable":
    | {
        readonly cause: "capacity-limit";
        readonly values: {
          readonly concurrent: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "cause-mapped";
        readonly values: {
          readonly next: string | number;
          readonly origin: string | number;
          readonly q850: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "local-send-failure";
        readonly values: {
          readonly below: string | number;
          readonly event: string | number;
          readonly method: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly registered: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "server-error";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly pinged: string | number;
          readonly place: string | number;
          readonly said: string | number;
          readonly scope: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "told-to-wait";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly place: string | number;
          readonly retryAfter: string | number;
          readonly statusCode: string | number;
        };
      };
  "session-timer-expired":
    | {
        readonly cause: "refresh-not-sent";
        readonly values: {
          readonly between: string | number;
          readonly ender: string | number;
          readonly interval: string | number;
          readonly knows: string | number;
          readonly refresher: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "refresh-refused";
        readonly values: {
          readonly ender: string | number;
          readonly interval: string | number;
          readonly kind: string | number;
          readonly method: string | number;
          readonly origin: string | number;
          readonly refresher: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "refresh-unanswered";
        readonly values: {
          readonly ender: string | number;
          readonly interval: string | number;
          readonly method: string | number;
          readonly next: string | number;
          readonly refresher: string | number;
        };
      };
  "status-remapped": {
    readonly cause?: undefined;
    readonly values: {
      readonly callee: string | number;
      readonly downstreamCode: string | number;
      readonly element: string | number;
      readonly frame: string | number;
      readonly next: string | number;
      readonly q850: string | number;
      readonly statusCode: string | number;
      readonly table: string | number;
    };
  };
  "status-unregistered": {
    readonly cause?: undefined;
    readonly values: {
      readonly general: string | number;
      readonly nearest: string | number;
      readonly origin: string | number;
      readonly product: string | number;
      readonly reason: string | number;
      readonly status: string | number;
      readonly statusCode: string | number;
    };
  };
  "subscription-failed":
    | {
        readonly cause: "given-up";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly event: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "no-notify";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly event: string | number;
          readonly seconds: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "no-resource";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly event: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "rejected";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly event: string | number;
          readonly server: string | number;
          readonly statusCode: string | number;
        };
      };
  "tls-handshake-failed":
    | {
        readonly cause: "bad-certificate";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "certificate-expired";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "certificate-out-of-date";
        readonly values: {
          readonly capturedOn: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
          readonly validFrom: string | number;
          readonly validUntil: string | number;
        };
      }
    | {
        readonly cause: "certificate-required";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly how: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "certificate-revoked";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "chain-incomplete";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly how: string | number;
          readonly issuer: string | number;
          readonly issuerAddress: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "client-certificate-refused";
        readonly values: {
          readonly client: string | number;
          readonly ender: string | number;
          readonly how: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "clock-wrong";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
          readonly validFrom: string | number;
          readonly validUntil: string | number;
        };
      }
    | {
        readonly cause: "closed";
        readonly values: {
          readonly client: string | number;
          readonly ender: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "handshake-failure";
        readonly values: {
          readonly alert: string | number;
          readonly chosenVersion: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "hello-unanswered";
        readonly values: {
          readonly client: string | number;
          readonly ender: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "name-mismatch";
        readonly values: {
          readonly certificateNames: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
          readonly serverName: string | number;
        };
      }
    | {
        readonly cause: "not-tls";
        readonly values: { readonly client: string | number; readonly server: string | number };
      }
    | {
        readonly cause: "other-alert";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "protocol-version";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly other: string | number;
          readonly server: string | number;
          readonly version: string | number;
        };
      }
    | {
        readonly cause: "self-signed";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly how: string | number;
          readonly issuer: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "unknown-ca";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly issuer: string | number;
          readonly other: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "unrecognized-name";
        readonly values: {
          readonly alert: string | number;
          readonly client: string | number;
          readonly ender: string | number;
          readonly server: string | number;
          readonly serverName: string | number;
        };
      };
  "transfer-failed": {
    readonly cause?: undefined;
    readonly values: {
      readonly phrase: string | number;
      readonly referrer: string | number;
      readonly statusCode: string | number;
      readonly target: string | number;
      readonly transferee: string | number;
    };
  };
  "transfer-notify-rejected":
    | {
        readonly cause: "method-unsupported";
        readonly values: {
          readonly origin: string | number;
          readonly referrer: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "referrer-left";
        readonly values: {
          readonly between: string | number;
          readonly origin: string | number;
          readonly referrer: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "subscription-unknown";
        readonly values: {
          readonly between: string | number;
          readonly origin: string | number;
          readonly referrer: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      };
  "transfer-outcome-unknown":
    | {
        readonly cause: "capture-too-short";
        readonly values: {
          readonly seconds: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "no-notify";
        readonly values: {
          readonly referrer: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "only-trying";
        readonly values: {
          readonly reported: string | number;
          readonly seconds: string | number;
          readonly target: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "subscription-suppressed";
        readonly values: {
          readonly referrer: string | number;
          readonly target: string | number;
          readonly transferee: string | number;
        };
      };
  "transfer-refused": {
    readonly cause?: undefined;
    readonly values: {
      readonly inside: string | number;
      readonly kind: string | number;
      readonly origin: string | number;
      readonly phrase: string | number;
      readonly referrer: string | number;
      readonly statusCode: string | number;
      readonly target: string | number;
      readonly transferee: string | number;
    };
  };
  "websocket-refused": {
    readonly cause?: undefined;
    readonly values: {
      readonly answer: string | number;
      readonly because: string | number;
      readonly client: string | number;
      readonly clients: string | number;
      readonly count: string | number;
      readonly path: string | number;
      readonly server: string | number;
    };
  };
}
