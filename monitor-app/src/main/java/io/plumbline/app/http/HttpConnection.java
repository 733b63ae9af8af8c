package io.plumbline.app.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.plumbline.metrics.CounterId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * One client's connection: one request at a time, each phase with a time limit of its own that
 * nothing the client sends can stretch. Reads are asked for one by one, so requests sent ahead wait
 * in the socket. Its event loop only, except where a method says otherwise.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    /** What the connection is doing, each with its own time limit. */
    private enum Phase {
        /** Nothing of a request has come; ends silently. */
        WAITING(HttpLimits::idleNs),
        /** A request has begun to come; ends with 408. */
        RECEIVING(HttpLimits::requestNs),
        /** An answer is on its way; ends by cutting off. */
        ANSWERING(HttpLimits::answerNs),
        /** Events are told as they happen; ends by closing, and the client comes again. */
        STREAMING(HttpLimits::streamNs),
        /** All was said; what still comes is thrown away until the client closes or time is up. */
        LINGERING(HttpLimits::lingerNs);

        private final ToLongFunction<HttpLimits> limitNs;

        Phase(final ToLongFunction<HttpLimits> limitNs) {
            this.limitNs = limitNs;
        }
    }

    private final Service service;
    private volatile Phase phase = Phase.WAITING;
    private volatile long phaseNs;
    private String address = "";
    private volatile ChannelHandlerContext context;
    private HttpRequest request;

    /** Of an order: what has come of its body. */
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    private Refusal refusal;
    private Future<?> limit;
    private EventPump pump;

    /** One message was asked for and has not come. */
    private boolean asked;

    HttpConnection(final Service service) {
        this.service = service;
    }

    /** Whether it would be wrong to drop it now. Any thread. */
    boolean answering() {
        return phase == Phase.ANSWERING || phase == Phase.STREAMING;
    }

    /** Since when it does what it does. Any thread. */
    long phaseNs() {
        return phaseNs;
    }

    /** Whose it is, from the moment it is open. Any thread. */
    String address() {
        return address;
    }

    /** Closes because a newer connection needs the place. Any thread. */
    void giveWay() {
        service.counters().increment(CounterId.HTTP_REFUSED);
        close();
    }

    /** Closes. Any thread. */
    ChannelFuture close() {
        return context.close();
    }

    /**
     * Bytes have come from the socket, whether or not they make a request yet.
     *
     * @return whether they are still of interest
     */
    boolean bytesArrived() {
        if (phase == Phase.WAITING) {
            phase(Phase.RECEIVING);
        }
        return phase != Phase.LINGERING;
    }

    @Override
    public void channelActive(final ChannelHandlerContext active) {
        context = active;
        address = Callers.address(((SocketChannel) active.channel()).remoteAddress().getAddress());
        final Refusal full = service.connections().admit(this);
        if (full == null) {
            phase(Phase.WAITING);
            ask();
        } else {
            service.counters().increment(CounterId.HTTP_REFUSED);
            context.writeAndFlush(Responses.whole(full.answer(), false, false))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext inactive) {
        service.connections().release(this);
        if (limit != null) {
            limit.cancel(false);
        }
        if (pump != null) {
            pump.stop();
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext from, final Object message) {
        asked = false;
        try {
            // What the end of a connection makes of a half request is none.
            if (from.channel().isActive() && (phase == Phase.WAITING || phase == Phase.RECEIVING)) {
                if (message instanceof HttpRequest) {
                    begin((HttpRequest) message);
                }
                if (message instanceof HttpContent part && request != null) {
                    take(part);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /**
     * The bytes that came did not make what was asked for: FlowControlHandler wants to be asked
     * again.
     */
    @Override
    public void channelReadComplete(final ChannelHandlerContext from) {
        asked = false;
        if (phase == Phase.WAITING || phase == Phase.RECEIVING) {
            ask();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext from, final Throwable cause) {
        if (!(cause instanceof IOException)) {
            service.faults().report("an HTTP connection", cause);
        }
        service.counters().increment(CounterId.HTTP_REFUSED);
        from.close();
    }

    /** Asks for one message: never for a second one before the first has been dealt with. */
    private void ask() {
        if (!asked) {
            asked = true;
            context.read();
        }
    }

    private void begin(final HttpRequest received) {
        refusal = service.rules().refusal(received);
        if (!service.callers().take(address, service.clock().epochNanos())) {
            refuse(Refusal.TOO_MANY, received);
        } else if (refusal != null
                && (!refusal.keepsConnection() || HttpUtil.is100ContinueExpected(received))) {
            // What else was announced is not read: the connection ends with the answer.
            refuse(refusal, received, false);
        } else {
            request = received;
            body.reset();
            if (HttpUtil.is100ContinueExpected(received)) {
                context.writeAndFlush(Responses.goOn());
            }
            ask();
        }
    }

    /** A piece of a body; only an order has one, and its length was looked at. */
    private void take(final HttpContent part) {
        final byte[] bytes = new byte[part.content().readableBytes()];
        part.content().readBytes(bytes);
        body.write(bytes, 0, bytes.length);
        if (part instanceof LastHttpContent) {
            answer();
        } else {
            ask();
        }
    }

    private void answer() {
        final HttpRequest complete = request;
        request = null;
        final long nowNs = service.clock().epochNanos();
        final String path = Query.path(complete.uri());
        final Route route = service.routes().find(path);
        if (refusal != null) {
            refuse(refusal, complete);
        } else if (Access.isLogin(complete) && service.access().bearer(complete)) {
            final int port = ((SocketChannel) context.channel()).localAddress().getPort();
            final Answer cookie = Answer.cookie(service.access().cookie(port, nowNs));
            send(cookie, complete, keepsAlive(complete));
        } else if (Access.isLogin(complete) || !service.access().admits(complete, path, nowNs)) {
            refuseStranger(complete);
        } else if (complete.method().equals(HttpMethod.POST)) {
            order(service.routes().order(path), path, complete);
        } else if (route == null) {
            refuse(service.routes().missing(path), complete);
        } else {
            answer(route, complete);
        }
    }

    /** Its answer comes when it comes; until then nothing else is read. */
    private void order(final Order order, final String path, final HttpRequest complete) {
        phase(Phase.ANSWERING);
        final boolean keepAlive = keepsAlive(complete);
        try {
            order.handler()
                    .take(
                            order.name(path),
                            body.toByteArray(),
                            answer -> context.executor().execute(() -> ordered(answer, keepAlive)));
        } catch (final BadParameter e) {
            service.counters().increment(CounterId.HTTP_REFUSED);
            send(Refusal.PARAMETER.answer(e.getMessage()), complete, keepAlive);
        } catch (final RuntimeException e) {
            service.faults().report(order.path(), e);
            refuse(Refusal.FAULT, complete);
        }
    }

    private void ordered(final Answer answer, final boolean keepAlive) {
        if (phase == Phase.ANSWERING && context.channel().isActive()) {
            service.counters().increment(CounterId.HTTP_REQUESTS);
            send(answer, null, keepAlive);
        }
    }

    /** A person with a browser is asked for the token, by a page under the same address. */
    private void refuseStranger(final HttpRequest refused) {
        final String accepts = refused.headers().get(HttpHeaderNames.ACCEPT, "");
        if (refused.method().equals(HttpMethod.GET) && accepts.contains("text/html")) {
            service.counters().increment(CounterId.HTTP_REFUSED);
            send(service.routes().loginPage(), refused, keepsAlive(refused));
        } else {
            refuse(Refusal.UNAUTHORIZED, refused);
        }
    }

    private void answer(final Route route, final HttpRequest complete) {
        final Answer answer;
        try {
            answer = route.handler().answer(Query.of(complete.uri(), route.names()));
        } catch (final BadParameter e) {
            service.counters().increment(CounterId.HTTP_REFUSED);
            send(Refusal.PARAMETER.answer(e.getMessage()), complete, keepsAlive(complete));
            return;
        } catch (final RuntimeException e) {
            service.faults().report(route.path(), e);
            refuse(Refusal.FAULT, complete);
            return;
        }
        if (answer.events() != null && !complete.method().equals(HttpMethod.HEAD)) {
            stream(answer, complete);
            return;
        }
        service.counters().increment(CounterId.HTTP_REQUESTS);
        send(answer, complete, keepsAlive(complete));
    }

    private void stream(final Answer answer, final HttpRequest complete) {
        if (!service.connections().admitStream(this)) {
            refuse(Refusal.FULL, complete);
            return;
        }
        service.counters().increment(CounterId.HTTP_REQUESTS);
        phase(Phase.STREAMING);
        final boolean chunked = complete.protocolVersion().equals(HttpVersion.HTTP_1_1);
        context.writeAndFlush(Responses.beforePages(answer, chunked, false));
        pump = new EventPump(context, answer.events(), service.limits().answerNs());
        pump.start();
    }

    private void refuse(final Refusal reason, final HttpRequest refused) {
        refuse(reason, refused, reason.keepsConnection() && keepsAlive(refused));
    }

    private void refuse(final Refusal reason, final HttpRequest refused, final boolean keepAlive) {
        service.counters().increment(CounterId.HTTP_REFUSED);
        send(service.routes().refused(reason, Query.path(refused.uri())), refused, keepAlive);
    }

    private static boolean keepsAlive(final HttpRequest complete) {
        return complete.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && HttpUtil.isKeepAlive(complete);
    }

    /**
     * @param answered null when there was no request to speak of
     */
    private void send(final Answer answer, final HttpRequest answered, final boolean keepAlive) {
        phase(Phase.ANSWERING);
        final boolean head = answered != null && answered.method().equals(HttpMethod.HEAD);
        final ChannelFuture sent;
        if (answer.body() != null) {
            sent = context.writeAndFlush(Responses.whole(answer, head, keepAlive));
        } else if (head) {
            sent = context.writeAndFlush(Responses.headOfPaged(answer, keepAlive));
        } else {
            final boolean chunked = answered.protocolVersion().equals(HttpVersion.HTTP_1_1);
            context.write(Responses.beforePages(answer, chunked, keepAlive));
            sent =
                    context.writeAndFlush(
                            new HttpChunkedInput(new PagedBody(answer.pages(), this::goOn)));
        }
        sent.addListener(done -> sent(done, keepAlive));
        if (!sent.isDone() && !service.connections().admitSlow(this, phaseNs)) {
            giveWay();
        }
    }

    /** The next pages, after all others whose sockets are ready. */
    private void goOn() {
        final ChunkedWriteHandler pages = context.pipeline().get(ChunkedWriteHandler.class);
        context.executor().schedule(pages::resumeTransfer, 0, TimeUnit.NANOSECONDS);
    }

    private void sent(final Future<?> done, final boolean keepAlive) {
        service.connections().answered(this);
        if (!done.isSuccess()) {
            if (!(done.cause() instanceof IOException)) {
                service.faults().report("writing an HTTP answer", done.cause());
            }
            context.close();
        } else if (keepAlive) {
            phase(Phase.WAITING);
            ask();
        } else {
            phase(Phase.LINGERING);
            ((SocketChannel) context.channel()).shutdownOutput();
            context.pipeline().firstContext().read();
        }
    }

    /** Enters {@code next} and starts its time limit. */
    private void phase(final Phase next) {
        if (limit != null) {
            limit.cancel(false);
        }
        phase = next;
        phaseNs = service.clock().epochNanos();
        if (context.channel().isActive()) {
            limit =
                    context.executor()
                            .schedule(
                                    this::timeIsUp,
                                    next.limitNs.applyAsLong(service.limits()),
                                    TimeUnit.NANOSECONDS);
        }
    }

    private void timeIsUp() {
        switch (phase) {
            case RECEIVING -> {
                service.counters().increment(CounterId.HTTP_REFUSED);
                request = null;
                send(Refusal.TOO_SLOW.answer(), null, false);
            }
            case WAITING, ANSWERING, STREAMING, LINGERING -> context.close();
        }
    }
}
