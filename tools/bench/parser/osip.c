#include "loop.h"
#include <osipparser2/osip_message.h>
#include <osipparser2/osip_parser.h>
#include <stdlib.h>

void start_parser(void) { parser_init(); }

int parse_message(const char *bytes, size_t length, struct facts *facts) {
  osip_message_t *message;
  if (osip_message_init(&message) != 0) return 0;
  int accepted = osip_message_parse(message, bytes, length) == 0;
  if (accepted && facts != NULL) {
    if (message->cseq != NULL) facts->cseq = strtoul(message->cseq->number, NULL, 10);
    facts->vias = osip_list_size(&message->vias);
  }
  osip_message_free(message);
  return accepted;
}
