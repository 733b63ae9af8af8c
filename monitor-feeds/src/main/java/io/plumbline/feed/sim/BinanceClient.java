package io.plumbline.feed.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A client of one {@link Route} of Binance: the streams that it asked for, and whether they come
 * wrapped with their name. An unknown stream is accepted and never delivers, as at the venue.
 */
final class BinanceClient implements VenueWire.Client {
    private static final long NS_PER_MS = 1_000_000;

    private final Route route;
    private final int streamsPerConnection;

    /** Stream without update speed to the name that the client used for it. */
    private final Map<String, String> streams = new HashMap<>();

    private final Map<String, BinanceWording> wordings = new HashMap<>();
    private boolean combined;

    /**
     * @param named the streams that stood in the address
     */
    BinanceClient(
            final Route route,
            final boolean combined,
            final List<String> named,
            final int streamsPerConnection) {
        this.route = route;
        this.combined = combined;
        this.streamsPerConnection = streamsPerConnection;
        named.stream().limit(streamsPerConnection).forEach(this::subscribe);
    }

    @Override
    public void answer(final String text, final long nowNs, final VenueWire.Out out) {
        out.text(answer(ClientRequest.parse(text)));
    }

    @Override
    public void word(final MarketMove move, final VenueWire.Out out) {
        if (move.instrument().venue().equals(route.venue())) {
            wordings.computeIfAbsent(
                            move.instrument().symbol(),
                            symbol -> new BinanceWording(move.instrument()))
                    .word(move, frame -> pass(frame, out));
        }
    }

    @Override
    public void pass(final SimulatedFrame frame, final VenueWire.Out out) {
        final String name = streams.get(frame.stream());
        if (name != null && route.serves(frame)) {
            out.text(wrapped(name, frame.json()));
        }
    }

    @Override
    public void announceEnd(final long nowNs, final VenueWire.Out out) {
        out.text(
                wrapped(
                        "!serverShutdown",
                        "{\"e\":\"serverShutdown\",\"E\":" + nowNs / NS_PER_MS + '}'));
    }

    private String answer(final ClientRequest request) {
        if (request.error() != null) {
            return request.error();
        }
        switch (request.method()) {
            case SUBSCRIBE:
                if (streams.size() + request.params().size() > streamsPerConnection) {
                    return ClientRequest.refusal("too many streams", request.id());
                }
                request.params().forEach(this::subscribe);
                break;
            case UNSUBSCRIBE:
                request.params().forEach(name -> streams.remove(withoutSpeed(name)));
                break;
            case LIST_SUBSCRIPTIONS:
                return ClientRequest.result(subscriptions(), request.id());
            default:
                return property(request);
        }
        return ClientRequest.result("null", request.id());
    }

    /** Whether a stream of exactly this name was asked for. */
    boolean wants(final String name) {
        return streams.containsValue(name);
    }

    private void subscribe(final String name) {
        streams.put(withoutSpeed(name), name);
    }

    private String wrapped(final String stream, final String json) {
        return combined ? "{\"stream\":\"" + stream + "\",\"data\":" + json + '}' : json;
    }

    /** {@code btcusdt@depth@100ms} is {@code btcusdt@depth} at a certain speed. */
    static String withoutSpeed(final String name) {
        final int second = name.indexOf('@', name.indexOf('@') + 1);
        return second < 0 ? name : name.substring(0, second);
    }

    private String subscriptions() {
        final StringBuilder list = new StringBuilder("[");
        for (final String name : new TreeSet<>(streams.values())) {
            list.append(list.length() == 1 ? "\"" : ",\"").append(name).append('"');
        }
        return list.append(']').toString();
    }

    private String property(final ClientRequest request) {
        if (!request.params().get(0).equals("combined")) {
            return ClientRequest.unknownProperty(request.id());
        }
        if (request.method() == ClientRequest.Method.GET_PROPERTY) {
            return ClientRequest.result(Boolean.toString(combined), request.id());
        }
        combined = request.params().size() > 1 && request.params().get(1).equals("true");
        return ClientRequest.result("null", request.id());
    }
}
