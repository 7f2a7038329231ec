/* PROGRAM MESSAGES WARM-UP-MILLISECONDS MILLISECONDS: as timeParser.ts, for parsers in C. messageFile.ts says how the file is written. */
#include "loop.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define BETWEEN_LOOKS 64

static char *file;
static uint32_t count;
static uint32_t original;
static const char **starts;
static uint32_t *lengths;

static void read_messages(const char *path) {
  FILE *stream = fopen(path, "rb");
  if (stream == NULL || fseek(stream, 0, SEEK_END) != 0) exit(1);
  long size = ftell(stream);
  rewind(stream);
  file = malloc(size);
  if (file == NULL || fread(file, 1, size, stream) != (size_t)size) exit(1);
  fclose(stream);
  const uint32_t *numbers = (const uint32_t *)file;
  count = numbers[0];
  original = numbers[1];
  starts = malloc(count * sizeof *starts);
  lengths = malloc(count * sizeof *lengths);
  const char *at = file + 4 * (2 + count);
  for (uint32_t i = 0; i < count; i++) {
    starts[i] = at;
    lengths[i] = numbers[2 + i];
    at += lengths[i];
  }
}

/* Of user and system. */
static double processor_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static uint32_t next;

static double now_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static unsigned long parse_for(double milliseconds, double *seconds) {
  double start = processor_seconds();
  double end = now_milliseconds() + milliseconds;
  unsigned long messages = 0;
  do {
    for (int i = 0; i < BETWEEN_LOOKS; i++) {
      parse_message(starts[next], lengths[next], NULL);
      if (++next == count) next = 0;
    }
    messages += BETWEEN_LOOKS;
  } while (now_milliseconds() < end);
  *seconds = processor_seconds() - start;
  return messages;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  read_messages(argv[1]);
  start_parser();
  unsigned refused = 0;
  unsigned long cseqs = 0, vias = 0;
  for (uint32_t i = 0; i < original; i++) {
    struct facts facts = {0, 0};
    if (!parse_message(starts[i], lengths[i], &facts)) refused++;
    cseqs += facts.cseq;
    vias += facts.vias;
  }
  double seconds;
  parse_for(atof(argv[2]), &seconds);
  unsigned long messages = parse_for(atof(argv[3]), &seconds);
  printf("{\"messages\":%lu,\"seconds\":%f,\"refused\":%u,\"cseqs\":%lu,\"vias\":%lu}\n", messages, seconds, refused,
         cseqs, vias);
  return 0;
}
