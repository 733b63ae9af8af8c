/*
 * The limit that decoding is held against: Binance messages read eight bytes at a time, the same fields as
 * the monitor's decoder, and none of its checks. What it reads is trusted.
 *
 *   decode FILE        then one number of passes a line on stdin; answers "<cpu ns> <checksum>"
 *
 * FILE: u32 symbols, each u32 length and bytes; u32 messages, each u32 length and bytes. Little endian.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLOTS 4096
#define NONE INT64_MIN

typedef struct { int64_t mantissa; int32_t exponent; int given; } decimal;
typedef struct { uint64_t head; uint32_t length; int32_t id; } symbol;

static symbol table[SLOTS];
static const int64_t POWERS[19] = {1LL, 10LL, 100LL, 1000LL, 10000LL, 100000LL, 1000000LL, 10000000LL,
    100000000LL, 1000000000LL, 10000000000LL, 100000000000LL, 1000000000000LL, 10000000000000LL,
    100000000000000LL, 1000000000000000LL, 10000000000000000LL, 100000000000000000LL, 1000000000000000000LL};

static inline uint64_t load(const char *p) { uint64_t w; memcpy(&w, p, 8); return w; }

/* How many of eight bytes, from the first on, are digits. */
static inline unsigned digits(uint64_t w) {
  uint64_t t = w ^ 0x3030303030303030ULL;
  uint64_t m = ((t + 0x0606060606060606ULL) | t) & 0xF0F0F0F0F0F0F0F0ULL;
  return m ? (unsigned)__builtin_ctzll(m) >> 3 : 8;
}

static inline uint64_t eight(uint64_t t) {
  t = t * 10 + (t >> 8);
  return ((t & 0x000000FF000000FFULL) * 0x000F424000000064ULL
      + ((t >> 16) & 0x000000FF000000FFULL) * 0x0000271000000001ULL) >> 32;
}

/* Digits from *p on are appended to value; answers how many. */
static inline unsigned number(const char **p, int64_t *value) {
  unsigned all = 0;
  for (;;) {
    uint64_t w = load(*p);
    unsigned n = digits(w);
    if (n == 0) return all;
    *value = *value * POWERS[n] + (int64_t)eight((w ^ 0x3030303030303030ULL) << (8 * (8 - n)));
    *p += n;
    all += n;
    if (n < 8) return all;
  }
}

static inline const char *quote(const char *p) {
  for (;;) {
    uint64_t q = load(p) ^ 0x2222222222222222ULL;
    uint64_t m = (q - 0x0101010101010101ULL) & ~q & 0x8080808080808080ULL;
    if (m) return p + (__builtin_ctzll(m) >> 3);
    p += 8;
  }
}

static inline int64_t whole(const char **p) {
  int64_t value = 0;
  number(p, &value);
  return value;
}

/* From behind the opening quote to behind the closing one; digits as they were sent. */
static inline void raw(const char **p, decimal *out) {
  int64_t value = 0;
  int32_t exponent = 0;
  number(p, &value);
  if (**p == '.') {
    ++*p;
    exponent = -(int32_t)number(p, &value);
  }
  ++*p;
  out->mantissa = value;
  out->exponent = exponent;
  out->given = 1;
}

static inline void text(const char **p, decimal *out) {
  raw(p, out);
  int64_t m = out->mantissa;
  int32_t e = out->exponent;
  if (m == 0) {
    e = 0;
  } else {
    if (m % 100000000 == 0) { m /= 100000000; e += 8; }
    while (m % 10 == 0) { m /= 10; e++; }
  }
  out->mantissa = m;
  out->exponent = e;
}

static uint32_t slot(const char *p, uint32_t length, uint64_t *head) {
  uint64_t w = load(p);
  *head = length >= 8 ? w : w & ((1ULL << (8 * length)) - 1);
  return (uint32_t)((*head * 0x9E3779B97F4A7C15ULL + length) >> 52) & (SLOTS - 1);
}

static int32_t find(const char *p, uint32_t length) {
  uint64_t head;
  for (uint32_t at = slot(p, length, &head);; at = (at + 1) & (SLOTS - 1)) {
    if (table[at].length == 0) return -1;
    if (table[at].head == head && table[at].length == length) return table[at].id;
  }
}

static inline int64_t sum(const decimal *d) { return d->given ? d->mantissa * 7 + d->exponent : 0; }

/* Reads [["price","size"],..] and answers the sum of its levels. */
static int64_t levels(const char **at, int64_t side) {
  const char *p = *at + 1;
  int64_t total = 0;
  while (*p != ']') {
    decimal price, size;
    p += *p == ',' ? 3 : 2;
    raw(&p, &price);
    p += 2;
    raw(&p, &size);
    p++;
    total += side + sum(&price) * 3 + sum(&size) * 5;
  }
  *at = p + 1;
  return total;
}

static int64_t message(const char *p) {
  decimal price = {0}, quantity = {0}, bid = {0}, ask = {0};
  int64_t event = NONE, transact = NONE, first = NONE, last = NONE, previous = NONE, depth = 0;
  int32_t instrument = -1;
  p++;
  for (;;) {
    const char *key = p + 1;
    const char *end = key[1] == '"' ? key + 1 : quote(key);
    uint32_t length = (uint32_t)(end - key);
    p = end + 2;
    if (length == 1) {
      switch (*key) {
        case 'E': event = whole(&p); break;
        case 'T': transact = whole(&p); break;
        case 't': first = last = whole(&p); break;
        case 'U': first = whole(&p); break;
        case 'u': last = whole(&p); break;
        case 'p': p++; text(&p, &price); break;
        case 'q': p++; text(&p, &quantity); break;
        case 's': {
          const char *to = quote(++p);
          instrument = find(p, (uint32_t)(to - p));
          p = to + 1;
          break;
        }
        case 'b':
          if (*p == '[') depth += levels(&p, 1); else { p++; text(&p, &bid); }
          break;
        case 'a':
          if (*p == '[') depth += levels(&p, 2);
          else if (*p == '"') { p++; text(&p, &ask); }
          else first = last = whole(&p);
          break;
        default:
          if (*p == '"') p = quote(p + 1) + 1; else while (*p != ',' && *p != '}') p++;
      }
    } else if (length == 2 && key[0] == 'p' && key[1] == 'u') {
      previous = whole(&p);
    } else if (length == 4 && *p == '{') {
      p++;
      continue;
    } else if (*p == '"') {
      p = quote(p + 1) + 1;
    } else {
      while (*p != ',' && *p != '}') p++;
    }
    if (*p == '}') break;
    p++;
  }
  if (bid.given && first == NONE) first = last;
  int64_t total = instrument + depth + sum(&price) * 11 + sum(&bid) * 13 + sum(&ask) * 17;
  if (!bid.given) total += sum(&quantity) * 19;
  if (event != NONE) total += event * 23;
  if (transact != NONE) total += transact * 29;
  if (first != NONE) total += first * 31;
  if (last != NONE) total += last * 37;
  if (previous != NONE) total += previous * 41;
  return total;
}

static int64_t cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
  FILE *in = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!in) return 2;
  fseek(in, 0, SEEK_END);
  long size = ftell(in);
  rewind(in);
  char *bytes = calloc((size_t)size + 64, 1);
  if (fread(bytes, 1, (size_t)size, in) != (size_t)size) return 2;
  const char *p = bytes;
  uint32_t count;
  memcpy(&count, p, 4);
  p += 4;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t length;
    uint64_t head;
    memcpy(&length, p, 4);
    uint32_t at = slot(p + 4, length, &head);
    while (table[at].length) at = (at + 1) & (SLOTS - 1);
    table[at] = (symbol){head, length, (int32_t)i};
    p += 4 + length;
  }
  memcpy(&count, p, 4);
  const char *messages = p + 4;
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    int64_t checksum = 0, before = cpu();
    for (long pass = atol(line); pass > 0; pass--) {
      checksum = 0;
      p = messages;
      for (uint32_t i = 0; i < count; i++) {
        uint32_t length;
        memcpy(&length, p, 4);
        checksum += message(p + 4);
        p += 4 + length;
      }
    }
    printf("%lld %lld\n", (long long)(cpu() - before), (long long)checksum);
    fflush(stdout);
  }
  return 0;
}
