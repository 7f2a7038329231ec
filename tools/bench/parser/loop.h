/* What each C parser of the bench provides; loop.c does the rest. */
#include <stddef.h>

/* What shows that a message was really parsed. */
struct facts {
  unsigned long cseq;
  unsigned vias;
};

void start_parser(void);

/* Parses one message and lets go of it. Returns 0 where it was refused. `facts` may be NULL. */
int parse_message(const char *bytes, size_t length, struct facts *facts);
