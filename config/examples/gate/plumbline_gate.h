/*
 * Reads Plumbline's gate file: is it safe to trade this symbol now? C11, Linux, no library.
 *
 *     struct plumbline_gate gate;
 *     if (plumbline_gate_open(&gate, "/dev/shm/plumbline.gate") == 0) {
 *         if (plumbline_gate_read(&gate, "BTC/USDT:USDT", NULL) == PLUMBLINE_OPEN) ...
 *         plumbline_gate_close(&gate);
 *     }
 *
 * Everything that is not known to be open is closed: a symbol that is not watched, a file that cannot
 * be read, a monitor that has died. After a restart of the monitor the file is a new one: the old one
 * reads as closed, and plumbline_gate_read opens the new one by itself, at most once a second.
 * One thread at a time per struct.
 */
#ifndef PLUMBLINE_GATE_H
#define PLUMBLINE_GATE_H

#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum plumbline_state { PLUMBLINE_OPEN = 0, PLUMBLINE_CAUTION = 1, PLUMBLINE_CLOSED = 2 };

struct plumbline_gate {
    const char *path;
    const unsigned char *map;
    size_t length;
    int64_t opened_ns;
};

static inline int64_t plumbline_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline int64_t plumbline_load(const unsigned char *at, memory_order order) {
    return atomic_load_explicit((const _Atomic int64_t *)at, order);
}

static inline void plumbline_gate_close(struct plumbline_gate *gate) {
    if (gate->map != NULL) {
        munmap((void *)gate->map, gate->length);
    }
    gate->map = NULL;
}

/* 0, or -1 where the file is not there or is no gate file; gate can be read either way. */
static inline int plumbline_gate_open(struct plumbline_gate *gate, const char *path) {
    gate->path = path;
    gate->map = NULL;
    gate->opened_ns = plumbline_now_ns();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    struct stat status;
    if (fstat(fd, &status) == 0 && status.st_size >= 64) {
        void *map = mmap(NULL, status.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (map != MAP_FAILED) {
            gate->map = map;
            gate->length = status.st_size;
        }
    }
    close(fd);
    uint32_t version = 0, slots = 0;
    if (gate->map != NULL) {
        memcpy(&version, gate->map + 8, 4);
        memcpy(&slots, gate->map + 12, 4);
    }
    if (gate->map == NULL || memcmp(gate->map, "PLUMGATE", 8) != 0 || version != 1
            || gate->length < 64 + (size_t)slots * 256) {
        plumbline_gate_close(gate);
        return -1;
    }
    return 0;
}

static inline int plumbline_gate_alive(const struct plumbline_gate *gate) {
    if (gate->map == NULL) {
        return 0;
    }
    int64_t heartbeat = plumbline_load(gate->map + 16, memory_order_acquire);
    int64_t patience = plumbline_load(gate->map + 24, memory_order_relaxed);
    return heartbeat != 0 && plumbline_now_ns() - heartbeat <= patience;
}

/* The slot of a symbol, or NULL: slots are sorted by the symbols' bytes. */
static inline const unsigned char *plumbline_gate_slot(
        const struct plumbline_gate *gate, const char *symbol) {
    uint32_t high, low = 0;
    size_t wanted = strlen(symbol);
    memcpy(&high, gate->map + 12, 4);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const unsigned char *slot = gate->map + 64 + (size_t)middle * 256;
        uint16_t length;
        memcpy(&length, slot + 32, 2);
        int order = memcmp(slot + 40, symbol, length < wanted ? length : wanted);
        if (order == 0) {
            order = length < wanted ? -1 : length > wanted;
        }
        if (order == 0) {
            return slot;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The state of a symbol, and its epoch where epoch is not NULL. */
static inline enum plumbline_state plumbline_gate_read(
        struct plumbline_gate *gate, const char *symbol, int64_t *epoch) {
    if (!plumbline_gate_alive(gate)) {
        if (plumbline_now_ns() - gate->opened_ns < 1000000000) {
            return PLUMBLINE_CLOSED;
        }
        plumbline_gate_close(gate);
        if (plumbline_gate_open(gate, gate->path) != 0 || !plumbline_gate_alive(gate)) {
            return PLUMBLINE_CLOSED;
        }
    }
    const unsigned char *slot = plumbline_gate_slot(gate, symbol);
    if (slot == NULL) {
        return PLUMBLINE_CLOSED;
    }
    for (int attempt = 0; attempt < 1000; attempt++) {
        int64_t before = plumbline_load(slot, memory_order_acquire);
        int64_t state = plumbline_load(slot + 8, memory_order_relaxed);
        int64_t since = plumbline_load(slot + 16, memory_order_relaxed);
        atomic_thread_fence(memory_order_acquire);
        if ((before & 1) == 0 && plumbline_load(slot, memory_order_relaxed) == before) {
            if (epoch != NULL) {
                *epoch = since;
            }
            return state == 0 ? PLUMBLINE_OPEN : state == 1 ? PLUMBLINE_CAUTION : PLUMBLINE_CLOSED;
        }
    }
    return PLUMBLINE_CLOSED;
}

#endif
