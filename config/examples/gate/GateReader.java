import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads Plumbline's gate file: is it safe to trade this symbol now? Java 17, no library.
 *
 * <pre>
 * java GateReader.java /dev/shm/plumbline.gate BTC/USDT:USDT
 *
 * GateReader gate = new GateReader(Path.of("/dev/shm/plumbline.gate"));
 * if (gate.read("BTC/USDT:USDT") == GateReader.State.OPEN) ...
 * </pre>
 *
 * Everything that is not known to be open is CLOSED: a symbol that is not watched, a file that cannot be
 * read, a monitor that has died. After a restart of the monitor the file is a new one, which read opens
 * by itself. One thread at a time.
 */
public final class GateReader {
    public enum State { OPEN, CAUTION, CLOSED }

    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Map<String, Integer> slots = new HashMap<>();
    private ByteBuffer map;
    private long openedNs;

    public GateReader(Path file) {
        this.file = file;
        open();
    }

    private void open() {
        slots.clear();
        map = null;
        openedNs = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer fresh = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            fresh.order(ByteOrder.LITTLE_ENDIAN);
            if (fresh.capacity() < 64
                    || !text(fresh, 0, 8).equals("PLUMGATE")
                    || fresh.getInt(8) != 1
                    || fresh.capacity() < 64 + 256L * fresh.getInt(12)) {
                return;
            }
            for (int i = 0; i < fresh.getInt(12); i++) {
                int at = 64 + 256 * i;
                slots.put(text(fresh, at + 40, fresh.getShort(at + 32)), at);
            }
            map = fresh;
        } catch (IOException notThere) {
            map = null;
        }
    }

    private static String text(ByteBuffer map, int at, int length) {
        byte[] text = new byte[length];
        map.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private boolean alive() {
        if (map == null) {
            return false;
        }
        long heartbeatNs = (long) LONG.getAcquire(map, 16);
        return heartbeatNs != 0 && System.nanoTime() - heartbeatNs <= (long) LONG.getOpaque(map, 24);
    }

    public State read(String symbol) {
        if (!alive()) {
            if (System.nanoTime() - openedNs < 1_000_000_000L) {
                return State.CLOSED;
            }
            open();
            if (!alive()) {
                return State.CLOSED;
            }
        }
        Integer at = slots.get(symbol);
        if (at == null) {
            return State.CLOSED;
        }
        for (int attempt = 0; attempt < 1_000; attempt++) {
            long before = (long) LONG.getAcquire(map, at);
            long state = (long) LONG.getOpaque(map, at + 8);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && (long) LONG.getOpaque(map, at) == before) {
                return State.values()[(int) state];
            }
        }
        return State.CLOSED;
    }

    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: java GateReader.java FILE SYMBOL");
            System.exit(2);
        }
        System.out.println(new GateReader(Path.of(args[0])).read(args[1]));
    }
}
