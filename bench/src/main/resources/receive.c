/*
 * The floor under the latency from a socket to a verdict: a blocking reader of WebSocket frames that judges
 * nothing. It reads "z":<CLOCK_MONOTONIC ns + 10^18 + phase * 10^16> at the end of each message and prints how late the messages were.
 *
 *   receive PORT COUNT SKIP [spin]
 *       prints "<p50> <p99> <p99.9> <cpu per message> <elapsed>", all in ns, of all but the first SKIP
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1 << 20)
#define MARK 1000000000000000000LL
#define PHASE 10000000000000000LL

static unsigned char buffer[ROOM];

static int64_t now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int later(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  if (argc != 4 && argc != 5) return 2;
  int flags = argc == 5 ? MSG_DONTWAIT : 0;
  long count = atol(argv[2]), skip = atol(argv[3]), seen = 0;
  int64_t *late = malloc(sizeof(int64_t) * (size_t)count);
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1]))};
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  if (connect(fd, (struct sockaddr *)&to, sizeof to)) return 2;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  static const char hello[] = "GET /raw HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  if (write(fd, hello, sizeof hello - 1) < 0) return 2;
  size_t have = 0, at = 0;
  int upgraded = 0;
  int64_t cpu = 0, first = 0, last = 0;
  while (seen < count) {
    ssize_t n = recv(fd, buffer + have, ROOM - have, flags);
    if (n < 0 && errno == EAGAIN) continue;
    if (n <= 0) return 3;
    int64_t stamp = now(CLOCK_MONOTONIC);
    have += (size_t)n;
    if (!upgraded) {
      unsigned char *end = memmem(buffer, have, "\r\n\r\n", 4);
      if (!end) continue;
      at = (size_t)(end - buffer) + 4;
      upgraded = 1;
    }
    for (;;) {
      if (have - at < 2) break;
      size_t head = 2, length = buffer[at + 1] & 127;
      if (length == 126) {
        if (have - at < 4) break;
        head = 4;
        length = (size_t)buffer[at + 2] << 8 | buffer[at + 3];
      }
      if (have - at < head + length) break;
      unsigned char *digit = buffer + at + head + length - 3;
      int64_t plan = 0, power = 1;
      for (; *digit >= '0' && *digit <= '9'; digit--, power *= 10) plan += (*digit - '0') * power;
      if (plan > MARK && seen < count) {
        late[seen++] = ((stamp - (plan - MARK)) % PHASE + PHASE) % PHASE;
        last = stamp;
        if (seen == skip) cpu = now(CLOCK_PROCESS_CPUTIME_ID);
        if (seen == skip + 1) first = stamp;
      }
      at += head + length;
    }
    memmove(buffer, buffer + at, have - at);
    have -= at;
    at = 0;
  }
  cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  long kept = count - skip;
  qsort(late + skip, (size_t)kept, sizeof(int64_t), later);
  printf("%lld %lld %lld %lld %lld\n", (long long)late[skip + kept / 2], (long long)late[skip + kept * 99 / 100],
      (long long)late[skip + kept * 999 / 1000], (long long)(cpu / kept), (long long)(last - first));
  return 0;
}
