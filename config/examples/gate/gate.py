"""Reads Plumbline's gate file: is it safe to trade this symbol now?

    python3 gate.py /dev/shm/plumbline.gate BTC/USDT:USDT

    gate = Gate("/dev/shm/plumbline.gate")
    if gate.read("BTC/USDT:USDT")[0] == "OPEN": ...

Everything that is not known to be open is CLOSED: a symbol that is not watched, a file that cannot be
read, a monitor that has died. After a restart of the monitor the file is a new one, which read() opens
by itself. Linux on x86-64; on weaker memory models use the C or the Java reader. No package needed.
"""
import mmap
import struct
import sys
import time

STATES = ("OPEN", "CAUTION", "CLOSED")
CLOSED = ("CLOSED", 0, "")


class Gate:
    def __init__(self, path):
        self._path = path
        self._map = None
        self._slots = {}
        self._opened_ns = 0
        self._open()

    def _open(self):
        self._map, self._slots, self._opened_ns = None, {}, time.monotonic_ns()
        try:
            with open(self._path, "rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return
        if len(mapped) < 64 or mapped[:8] != b"PLUMGATE":
            return
        version, count = struct.unpack_from("<II", mapped, 8)
        if version != 1 or len(mapped) < 64 + 256 * count:
            return
        for at in range(64, 64 + 256 * count, 256):
            length = struct.unpack_from("<H", mapped, at + 32)[0]
            self._slots[mapped[at + 40 : at + 40 + length].decode()] = at
        self._map = mapped

    def _alive(self):
        if self._map is None:
            return False
        heartbeat, patience = struct.unpack_from("<qq", self._map, 16)
        return heartbeat != 0 and time.monotonic_ns() - heartbeat <= patience

    def read(self, symbol):
        """State, epoch and reason of a symbol."""
        if not self._alive():
            if time.monotonic_ns() - self._opened_ns < 1_000_000_000:
                return CLOSED
            self._open()
            if not self._alive():
                return CLOSED
        at = self._slots.get(symbol)
        if at is None:
            return CLOSED
        for _ in range(1000):
            (before,) = struct.unpack_from("<q", self._map, at)
            state, epoch, _since, _, reason = struct.unpack_from("<qqqHH", self._map, at + 8)
            text = self._map[at + 104 : at + 104 + reason]
            if before % 2 == 0 and struct.unpack_from("<q", self._map, at)[0] == before:
                return STATES[state], epoch, text.decode()
        return CLOSED


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: gate.py FILE SYMBOL")
    print("%s %d %s" % Gate(sys.argv[1]).read(sys.argv[2]))
