#include "loop.h"
#include <sofia-sip/msg.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_protos.h>

static msg_mclass_t const *sip_class;

void start_parser(void) { sip_class = sip_default_mclass(); }

int parse_message(const char *bytes, size_t length, struct facts *facts) {
  msg_t *message = msg_make(sip_class, 0, bytes, length);
  if (message == NULL) return 0;
  sip_t *sip = sip_object(message);
  int accepted = sip != NULL && sip->sip_error == NULL && sip->sip_cseq != NULL;
  if (accepted && facts != NULL) {
    facts->cseq = sip->sip_cseq->cs_seq;
    for (sip_via_t *via = sip->sip_via; via != NULL; via = via->v_next) facts->vias++;
  }
  msg_destroy(message);
  return accepted;
}
