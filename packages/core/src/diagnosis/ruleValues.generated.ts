// Generated from content/ by `npm run generate`. Do not edit.

/** By rule id: each cause its prose knows, with the values its title, why and fix mention. */
export interface RuleValues {
  "ack-missing":
    | {
        readonly cause: "ack-lost";
        readonly values: {
          readonly ackFrame: string | number;
          readonly callee: string | number;
          readonly lostAt: string | number;
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
          readonly retransmissions: string | number;
          readonly seconds: string | number;
        };
      }
    | {
        readonly cause: "ack-not-sent";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
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
          readonly seconds: string | number;
        };
      };
  "call-cancelled":
    | { readonly cause: "answered-elsewhere"; readonly values: {} }
    | { readonly cause: "caller-gave-up"; readonly values: { readonly seconds: string | number } }
    | { readonly cause: "cancel-before-provisional"; readonly values: { readonly client: string | number } }
    | {
        readonly cause: "ring-timeout";
        readonly values: { readonly client: string | number; readonly seconds: string | number };
      };
  "callee-busy":
    | {
        readonly cause: "device-at-once";
        readonly values: {
          readonly callee: string | number;
          readonly millis: string | number;
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "everywhere";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "person-busy";
        readonly values: {
          readonly callee: string | number;
          readonly origin: string | number;
          readonly seconds: string | number;
        };
      };
  "callee-declined":
    | {
        readonly cause: "by-device";
        readonly values: { readonly callee: string | number; readonly millis: string | number };
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
    | { readonly cause: "do-not-disturb"; readonly values: { readonly millis: string | number } }
    | {
        readonly cause: "no-registration";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "not-answered";
        readonly values: { readonly callee: string | number; readonly seconds: string | number };
      }
    | {
        readonly cause: "registration-lapsed";
        readonly values: { readonly callee: string | number; readonly seconds: string | number };
      }
    | { readonly cause: "scheme-refused"; readonly values: { readonly callee: string | number } }
    | {
        readonly cause: "unmapped-cause";
        readonly values: { readonly origin: string | number; readonly q850: string | number };
      }
    | { readonly cause: "unspecified"; readonly values: { readonly origin: string | number } };
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
  "credentials-rejected":
    | {
        readonly cause: "nonce-mismatch";
        readonly values: { readonly client: string | number; readonly realm: string | number };
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
          readonly origin: string | number;
          readonly realm: string | number;
          readonly username: string | number;
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
      readonly origin: string | number;
      readonly statusCode: string | number;
    };
  };
  "media-not-acceptable":
    | {
        readonly cause: "address-family";
        readonly values: {
          readonly callee: string | number;
          readonly offered: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "encryption-mismatch";
        readonly values: {
          readonly callee: string | number;
          readonly offered: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "no-common-codec";
        readonly values: {
          readonly callee: string | number;
          readonly offered: string | number;
          readonly warning: string | number;
        };
      }
    | {
        readonly cause: "no-sdp-difference-found";
        readonly values: {
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
          readonly callee: string | number;
          readonly offered: string | number;
          readonly warning: string | number;
        };
      };
  "number-not-found":
    | {
        readonly cause: "domain-not-served";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly origin: string | number;
        };
      }
    | { readonly cause: "gone"; readonly values: { readonly callee: string | number } }
    | {
        readonly cause: "incomplete";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      }
    | {
        readonly cause: "not-in-routing";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly origin: string | number;
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
        };
      }
    | {
        readonly cause: "unallocated-in-pstn";
        readonly values: { readonly callee: string | number; readonly origin: string | number };
      };
  "redirect-not-followed":
    | {
        readonly cause: "contact-unroutable";
        readonly values: {
          readonly callee: string | number;
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
          readonly origin: string | number;
        };
      }
    | {
        readonly cause: "not-tried";
        readonly values: {
          readonly callee: string | number;
          readonly client: string | number;
          readonly contact: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
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
          readonly attempts: string | number;
          readonly method: string | number;
          readonly next: string | number;
          readonly origin: string | number;
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
          readonly origin: string | number;
          readonly seconds: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "sent-to-non-invite";
        readonly values: {
          readonly method: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      };
  "request-unanswered":
    | {
        readonly cause: "connection-refused";
        readonly values: { readonly client: string | number; readonly server: string | number };
      }
    | {
        readonly cause: "icmp-unreachable";
        readonly values: {
          readonly client: string | number;
          readonly method: string | number;
          readonly reason: string | number;
          readonly reporter: string | number;
          readonly server: string | number;
        };
      }
    | {
        readonly cause: "next-hop-silent";
        readonly values: {
          readonly attempts: string | number;
          readonly client: string | number;
          readonly method: string | number;
          readonly seconds: string | number;
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
        readonly values: { readonly line: string | number; readonly sender: string | number };
      }
    | {
        readonly cause: "syntax";
        readonly values: {
          readonly field: string | number;
          readonly sender: string | number;
          readonly status: string | number;
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
          readonly origin: string | number;
          readonly q850: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "local-send-failure";
        readonly values: {
          readonly event: string | number;
          readonly next: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "server-error";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly statusCode: string | number;
        };
      }
    | {
        readonly cause: "told-to-wait";
        readonly values: {
          readonly client: string | number;
          readonly origin: string | number;
          readonly retryAfter: string | number;
          readonly statusCode: string | number;
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
          readonly referrer: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "referrer-left";
        readonly values: {
          readonly referrer: string | number;
          readonly statusCode: string | number;
          readonly transferee: string | number;
        };
      }
    | {
        readonly cause: "subscription-unknown";
        readonly values: {
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
}
