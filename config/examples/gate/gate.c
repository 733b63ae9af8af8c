/* cc -O2 -o gate gate.c && ./gate /dev/shm/plumbline.gate BTC/USDT:USDT */
#include "plumbline_gate.h"
#include <stdio.h>

int main(int argc, char **argv) {
    static const char *const names[] = {"OPEN", "CAUTION", "CLOSED"};
    if (argc != 3) {
        fprintf(stderr, "usage: gate FILE SYMBOL\n");
        return 2;
    }
    struct plumbline_gate gate;
    int64_t epoch = 0;
    plumbline_gate_open(&gate, argv[1]);
    enum plumbline_state state = plumbline_gate_read(&gate, argv[2], &epoch);
    printf("%s %lld\n", names[state], (long long)epoch);
    plumbline_gate_close(&gate);
    return state;
}
