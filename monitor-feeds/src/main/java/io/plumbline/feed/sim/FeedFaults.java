package io.plumbline.feed.sim;

import io.plumbline.market.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Injects faults of feeds: single messages by filtering, connections by their switches. */
public final class FeedFaults implements FrameFilter, FaultListener {
    private final ExchangeSimulator exchange;
    private final BiPredicate<String, String> restart;
    private final List<MessageFault> messageFaults = new ArrayList<>();
    private final Map<InjectedFault, List<SimulatedClient>> victims = new HashMap<>();

    /** Also hooks itself into {@code exchange}. */
    public FeedFaults(final ExchangeSimulator exchange, final FrameSource market) {
        this(exchange, market::restartIds);
    }

    /**
     * The same for any market.
     *
     * @param restart lets the ids of a venue's symbol begin anew; whether that can be done
     */
    public FeedFaults(final ExchangeSimulator exchange, final BiPredicate<String, String> restart) {
        this.exchange = exchange;
        this.restart = restart;
        exchange.filter(this);
    }

    @Override
    public void onFrame(final SimulatedFrame frame, final FrameListener out) {
        onMessage(Passing.of(frame, out));
    }

    @Override
    public void onMessage(final Passing message) {
        for (int i = 0; i < messageFaults.size(); i++) {
            final MessageFault fault = messageFaults.get(i);
            if (fault.concerns(message)) {
                fault.onMessage(message);
                return;
            }
        }
        message.pass();
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
                if (restart.test(fault.venue(), fault.symbol())) {
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
        messageFaults.removeIf(fault -> fault.belongsTo(injected));
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
                exchange.refuse(entrance(injected), false);
                break;
        }
    }

    private void hit(final InjectedFault injected, final long nowNs) {
        final Entrance entrance = entrance(injected);
        final List<SimulatedClient> clients = exchange.connected(entrance);
        victims.put(injected, clients);
        injected.detail("connections", (long) clients.size());
        if (!clients.isEmpty()) {
            injected.acted(nowNs);
        }
        if (injected.fault().kind() == FaultKind.DISCONNECT) {
            exchange.refuse(entrance, true);
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

    /** The route that the fault names; the whole venue when it names none. */
    private Entrance entrance(final InjectedFault injected) {
        final String route = injected.fault().parameters().get(FaultParameter.ROUTE);
        return route == null
                ? exchange.entrance(injected.fault().venue())
                : Entrance.of(Route.valueOf(route));
    }

    /** A fault of one instrument's messages. */
    private static final class MessageFault {
        private final InjectedFault injected;
        private final Fault fault;
        private final Channel channel;
        private Passing held;
        private boolean done;

        MessageFault(final InjectedFault injected) {
            this.injected = injected;
            this.fault = injected.fault();
            this.channel =
                    fault.kind() == FaultKind.SYMBOL_SILENT
                            ? null
                            : Channel.ofLabel(fault.text(FaultParameter.CHANNEL));
        }

        boolean concerns(final Passing message) {
            return !done
                    && message.venue().equals(fault.venue())
                    && message.symbol().equals(fault.symbol())
                    && (channel == null || message.channel() == channel)
                    && (held == null || held.lane() == message.lane());
        }

        void onMessage(final Passing message) {
            switch (fault.kind()) {
                case DROPPED_MESSAGE:
                    done = true;
                    injected.acted(message.stampNs());
                    missing("", message);
                    break;
                case DUPLICATED_MESSAGE:
                    done = true;
                    injected.acted(message.stampNs());
                    injected.detail("id", message.ids().last());
                    message.pass();
                    message.pass();
                    break;
                case REORDERED_MESSAGES:
                    reorder(message);
                    break;
                default:
                    injected.acted(message.stampNs());
                    injected.count("withheldFrames", 1);
                    if (message.ids().last() != 0) {
                        missing(message.channel().label() + '.', message);
                    }
                    break;
            }
        }

        /** Whether it is this one; then it lets go of what it holds. */
        boolean belongsTo(final InjectedFault ended) {
            if (ended != injected) {
                return false;
            }
            if (held != null) {
                held.pass();
                held = null;
            }
            return true;
        }

        private void reorder(final Passing message) {
            if (held == null) {
                held = message;
                return;
            }
            done = true;
            injected.acted(message.stampNs());
            injected.detail("sentFirst", message.ids().last());
            injected.detail("sentSecond", held.ids().last());
            message.pass();
            held.pass();
            held = null;
        }

        /**
         * The ids that the client will miss: all after the frame before the first one kept back.
         */
        private void missing(final String prefix, final Passing message) {
            injected.firstDetail(prefix + "missingFrom", message.ids().previous() + 1);
            injected.detail(prefix + "missingTo", message.ids().last());
            final long from = (Long) injected.details().get(prefix + "missingFrom");
            injected.detail(prefix + "missingCount", message.ids().last() - from + 1);
        }
    }
}
