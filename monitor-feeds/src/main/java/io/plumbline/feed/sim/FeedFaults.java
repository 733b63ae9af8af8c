package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Injects faults of feeds: single messages by filtering, connections by their switches. */
public final class FeedFaults implements FrameFilter, FaultListener {
    private final ExchangeSimulator exchange;
    private final FrameSource market;
    private final List<MessageFault> messageFaults = new ArrayList<>();
    private final Map<InjectedFault, List<SimulatedClient>> victims = new HashMap<>();

    /** Also hooks itself into {@code exchange}. */
    public FeedFaults(final ExchangeSimulator exchange, final FrameSource market) {
        this.exchange = exchange;
        this.market = market;
        exchange.filter(this);
    }

    @Override
    public void onFrame(final SimulatedFrame frame, final FrameListener out) {
        for (int i = 0; i < messageFaults.size(); i++) {
            final MessageFault fault = messageFaults.get(i);
            if (fault.concerns(frame)) {
                fault.onFrame(frame, out);
                return;
            }
        }
        out.onFrame(frame);
    }

    @Override
    public void started(final InjectedFault injected, final long nowNs) {
        final Fault fault = injected.fault();
        switch (fault.kind()) {
            case DROPPED_MESSAGE:
            case DUPLICATED_MESSAGE:
            case REORDERED_MESSAGES:
            case SYMBOL_SILENT:
                messageFaults.add(new MessageFault(injected));
                break;
            case SEQUENCE_RESET_BY_VENUE:
                if (market.restartIds(fault.venue(), fault.symbol())) {
                    injected.acted(nowNs);
                }
                break;
            case MUTE_CONNECTION:
            case HALF_OPEN:
            case DISCONNECT:
                hit(injected, nowNs);
                break;
            default:
                break;
        }
    }

    @Override
    public void ended(final InjectedFault injected, final long nowNs) {
        messageFaults.removeIf(fault -> fault.belongsTo(injected, exchange::deliver));
        final List<SimulatedClient> hit = victims.remove(injected);
        if (hit == null) {
            return;
        }
        switch (injected.fault().kind()) {
            case MUTE_CONNECTION:
                for (final SimulatedClient client : hit) {
                    client.mute(false);
                    injected.count("withheldFrames", client.withheld());
                }
                break;
            case HALF_OPEN:
                hit.forEach(client -> client.drop("the half-open connection ends"));
                break;
            default:
                exchange.refuse(route(injected), false);
                break;
        }
    }

    private void hit(final InjectedFault injected, final long nowNs) {
        final Route route = route(injected);
        final List<SimulatedClient> clients = exchange.connected(route);
        victims.put(injected, clients);
        injected.detail("connections", (long) clients.size());
        if (!clients.isEmpty()) {
            injected.acted(nowNs);
        }
        if (injected.fault().kind() == FaultKind.DISCONNECT) {
            exchange.refuse(route, true);
        }
        for (final SimulatedClient client : clients) {
            switch (injected.fault().kind()) {
                case MUTE_CONNECTION:
                    client.mute(true);
                    break;
                case HALF_OPEN:
                    client.silence();
                    break;
                default:
                    client.drop("scripted disconnect");
                    break;
            }
        }
    }

    private static Route route(final InjectedFault injected) {
        return Route.valueOf(injected.fault().text(FaultParameter.ROUTE));
    }

    /** A fault of one instrument's messages. */
    private static final class MessageFault {
        private final InjectedFault injected;
        private final Fault fault;
        private final Channel channel;
        private SimulatedFrame held;
        private boolean done;

        MessageFault(final InjectedFault injected) {
            this.injected = injected;
            this.fault = injected.fault();
            this.channel =
                    fault.kind() == FaultKind.SYMBOL_SILENT
                            ? null
                            : Channel.ofLabel(fault.text(FaultParameter.CHANNEL));
        }

        boolean concerns(final SimulatedFrame frame) {
            return !done
                    && frame.venue().equals(fault.venue())
                    && frame.symbol().equals(fault.symbol())
                    && (channel == null || frame.channel() == channel);
        }

        void onFrame(final SimulatedFrame frame, final FrameListener out) {
            switch (fault.kind()) {
                case DROPPED_MESSAGE:
                    done = true;
                    injected.acted(frame.stampNs());
                    missing("", frame);
                    break;
                case DUPLICATED_MESSAGE:
                    done = true;
                    injected.acted(frame.stampNs());
                    injected.detail("id", frame.ids().last());
                    out.onFrame(frame);
                    out.onFrame(frame);
                    break;
                case REORDERED_MESSAGES:
                    reorder(frame, out);
                    break;
                default:
                    injected.acted(frame.stampNs());
                    injected.count("withheldFrames", 1);
                    if (frame.ids().last() != 0) {
                        missing(frame.channel().label() + '.', frame);
                    }
                    break;
            }
        }

        /** Whether it is this one; then it lets go of what it holds. */
        boolean belongsTo(final InjectedFault ended, final FrameListener out) {
            if (ended != injected) {
                return false;
            }
            if (held != null) {
                out.onFrame(held);
                held = null;
            }
            return true;
        }

        private void reorder(final SimulatedFrame frame, final FrameListener out) {
            if (held == null) {
                held = frame;
                return;
            }
            done = true;
            injected.acted(frame.stampNs());
            injected.detail("sentFirst", frame.ids().last());
            injected.detail("sentSecond", held.ids().last());
            out.onFrame(frame);
            out.onFrame(held);
            held = null;
        }

        /**
         * The ids that the client will miss: all after the frame before the first one kept back.
         */
        private void missing(final String prefix, final SimulatedFrame frame) {
            injected.firstDetail(prefix + "missingFrom", frame.ids().previous() + 1);
            injected.detail(prefix + "missingTo", frame.ids().last());
            final long from = (Long) injected.details().get(prefix + "missingFrom");
            injected.detail(prefix + "missingCount", frame.ids().last() - from + 1);
        }
    }
}
