package io.plumbline.feed.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/** The socket side of {@link ExchangeSimulator}: hands every event on and decides nothing. */
final class SimulatorServer extends WebSocketServer {
    private static final int WORKERS = 1;
    private static final int MAX_CLIENT_FRAME = 64 * 1024;

    private final ExchangeSimulator exchange;

    SimulatorServer(final InetSocketAddress address, final ExchangeSimulator exchange) {
        super(address, WORKERS, List.of(draft()));
        this.exchange = exchange;
        setReuseAddr(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
        setDaemon(true);
        setWebSocketFactory(new SilenceableFactory());
    }

    private static Draft draft() {
        return new Draft_6455(List.of(), List.of(new Protocol("")), MAX_CLIENT_FRAME);
    }

    @Override
    public void onStart() {
        exchange.bound();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            final WebSocket connection, final Draft draft, final ClientHandshake request)
            throws InvalidDataException {
        if (!exchange.admits(request.getResourceDescriptor())) {
            cut(connection);
            throw new InvalidDataException(CloseFrame.TRY_AGAIN_LATER, "not admitted now");
        }
        return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
    }

    @Override
    public void onOpen(final WebSocket connection, final ClientHandshake handshake) {
        exchange.opened((WebSocketImpl) connection, handshake.getResourceDescriptor());
    }

    @Override
    public void onClose(
            final WebSocket connection, final int code, final String reason, final boolean remote) {
        exchange.closed(connection.getAttachment());
    }

    @Override
    public void onMessage(final WebSocket connection, final String message) {
        exchange.requested(connection.getAttachment(), message);
    }

    @Override
    public void onMessage(final WebSocket connection, final ByteBuffer message) {
        exchange.requested(
                connection.getAttachment(), StandardCharsets.UTF_8.decode(message).toString());
    }

    @Override
    public void onWebsocketPing(final WebSocket connection, final Framedata frame) {
        if (exchange.pinged(connection.getAttachment())) {
            super.onWebsocketPing(connection, frame);
        }
    }

    @Override
    public void onWebsocketPong(final WebSocket connection, final Framedata frame) {
        final ByteBuffer payload = frame.getPayloadData().duplicate();
        exchange.ponged(
                connection.getAttachment(), StandardCharsets.UTF_8.decode(payload).toString());
    }

    @Override
    public void onError(final WebSocket connection, final Exception failure) {
        exchange.failed(connection == null, failure);
    }

    /** Closes TCP so that the client hears nothing: no status, no reason. */
    private void cut(final WebSocket connection) {
        try {
            ((WebSocketImpl) connection).getChannel().close();
        } catch (final IOException failure) {
            exchange.failed(false, failure);
        }
    }

    /** Puts a {@link SilenceableChannel} under every connection. */
    private static final class SilenceableFactory implements WebSocketServerFactory {
        @Override
        public WebSocketImpl createWebSocket(final WebSocketAdapter adapter, final Draft draft) {
            return new WebSocketImpl(adapter, draft);
        }

        @Override
        public WebSocketImpl createWebSocket(
                final WebSocketAdapter adapter, final List<Draft> drafts) {
            return new WebSocketImpl(adapter, drafts);
        }

        @Override
        public ByteChannel wrapChannel(final SocketChannel channel, final SelectionKey key) {
            return new SilenceableChannel(channel);
        }

        @Override
        public void close() {
            // Nothing of its own to release.
        }
    }
}
