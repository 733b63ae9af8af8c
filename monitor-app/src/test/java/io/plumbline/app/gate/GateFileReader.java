package io.plumbline.app.gate;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The reader's half of the seqlock. */
final class GateFileReader {
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer map;

    GateFileReader(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    /** State and epoch of the slot at {@code at}. */
    long[] read(final int at) {
        final long[] seen = new long[2];
        long before;
        do {
            before = (long) LONG.getAcquire(map, at);
            seen[0] = (long) LONG.getOpaque(map, at + 8);
            seen[1] = (long) LONG.getOpaque(map, at + 16);
            VarHandle.loadLoadFence();
        } while ((before & 1) != 0 || (long) LONG.getOpaque(map, at) != before);
        return seen;
    }
}
