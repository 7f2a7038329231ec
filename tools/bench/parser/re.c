#include "loop.h"
/* As the library was built. */
#define HAVE_INTTYPES_H
#define HAVE_STDBOOL_H
#include <re/re.h>

static struct mbuf *buffer;

void start_parser(void) { buffer = mbuf_alloc(1); }

int parse_message(const char *bytes, size_t length, struct facts *facts) {
  struct sip_msg *message;
  buffer->buf = (uint8_t *)bytes;
  buffer->pos = 0;
  buffer->size = buffer->end = length;
  if (sip_msg_decode(&message, buffer) != 0) return 0;
  if (facts != NULL) {
    facts->cseq = message->cseq.num;
    facts->vias = sip_msg_hdr_count(message, SIP_HDR_VIA);
  }
  mem_deref(message);
  return 1;
}
