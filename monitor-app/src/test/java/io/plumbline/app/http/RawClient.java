package io.plumbline.app.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket that says exactly what it is told, byte for byte. */
final class RawClient implements Closeable {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    private final Socket socket;

    RawClient(final int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /**
     * @param from the address of this host that it comes from
     */
    RawClient(final int port, final String from) throws IOException {
        socket =
                new Socket(
                        InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        socket.setSoTimeout(20_000);
    }

    RawClient send(final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** A GET with the right Host and further header lines. */
    RawClient get(final String target, final String... headers) throws IOException {
        final StringBuilder text = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        text.append("Host: localhost\r\n");
        for (final String header : headers) {
            text.append(header).append("\r\n");
        }
        return send(text.append("\r\n").toString());
    }

    /** Whether bytes can still be sent: a refusal shows up as an error sooner or later. */
    boolean trySend(final String text) {
        try {
            send(text);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** All that comes until the server closes; a reset ends it too. */
    String readToEnd() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final InputStream in = socket.getInputStream();
        final byte[] buffer = new byte[8_192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
        } catch (final SocketException reset) {
            bytes.write(new byte[0]);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The next answer's head and its body, which must have a Content-Length. */
    String readAnswer() throws IOException {
        final StringBuilder text = new StringBuilder();
        final InputStream in = socket.getInputStream();
        while (text.indexOf("\r\n\r\n") < 0) {
            final int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + text);
            }
            text.append((char) next);
        }
        final Matcher length = Pattern.compile("content-length: (\\d+)").matcher(text);
        if (length.find()) {
            text.append(
                    new String(
                            in.readNBytes(Integer.parseInt(length.group(1))),
                            StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** What comes up to and with {@code mark}. */
    String readUntil(final String mark) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(mark)) {
            final int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The status codes of all answers in {@code text}. */
    static List<Integer> statuses(final String text) {
        final List<Integer> statuses = new ArrayList<>();
        final Matcher matcher = STATUS.matcher(text);
        while (matcher.find()) {
            statuses.add(Integer.parseInt(matcher.group(1)));
        }
        return statuses;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
