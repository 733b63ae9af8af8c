package io.plumbline.feed.redis;

/**
 * Which of the 16,384 slots of a Cluster a key lies in: CRC16 (XMODEM) of the key, or of what
 * stands between the first {@code {} and the next {@code }} where that is not empty.
 */
final class HashSlot {
    static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            TABLE[i] = crc & 0xffff;
        }
    }

    private HashSlot() {}

    static int of(final byte[] key) {
        int from = 0;
        int to = key.length;
        final int open = find(key, '{', 0);
        if (open >= 0) {
            final int close = find(key, '}', open + 1);
            if (close > open + 1) {
                from = open + 1;
                to = close;
            }
        }
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 ^ TABLE[(crc >>> 8 ^ key[i]) & 0xff]) & 0xffff;
        }
        return crc % COUNT;
    }

    private static int find(final byte[] key, final char wanted, final int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
