package io.plumbline.feed.sim;

import java.util.List;
import java.util.Map;

/**
 * ProjectX: a SignalR hub in JSON, its contracts listed by REST. Written from
 * gateway.docs.projectx.com and SignalR's HubProtocol.md. Who has which token is not asked here.
 */
public final class ProjectXWire implements VenueWire {
    private static final String VENUE = "projectx";
    private static final List<SimulatedInstrument> INSTRUMENTS =
            List.of(
                    instrument("MNQ", "MNQ", "0.25", 2, 118_188, 90),
                    instrument("6J", "JY6", "0.0000005", 7, 13_621, 100),
                    instrument("ZF", "FVA", "0.0078125", 7, 13_900, 110),
                    instrument("CL", "CLE", "0.01", 2, 7_431, 120));

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public boolean serves(final String path) {
        return path.equals("/hubs/market");
    }

    /** What it lists. */
    @Override
    public List<SimulatedInstrument> instruments() {
        return INSTRUMENTS;
    }

    /** The list of contracts; it gives no last day. */
    @Override
    public Map<String, String> rest() {
        final StringBuilder json = new StringBuilder("{\"contracts\":[");
        String separator = "";
        for (final SimulatedInstrument instrument : INSTRUMENTS) {
            json.append(separator).append("{\"id\":\"").append(instrument.venueSymbol());
            json.append("\",\"name\":\"").append(instrument.base()).append("U6\",\"description\":");
            json.append("\"September 2026\",\"tickSize\":").append(instrument.tickSize());
            json.append(",\"tickValue\":1.25,\"activeContract\":true}");
            separator = ",";
        }
        return Map.of(
                "/api/Contract/available",
                json.append("],\"success\":true,\"errorCode\":0,\"errorMessage\":null}")
                        .toString());
    }

    @Override
    public Client open(final String resource, final long nowNs) {
        return new ProjectXClient(INSTRUMENTS);
    }

    private static SimulatedInstrument instrument(
            final String ticker,
            final String root,
            final String tickSize,
            final int decimals,
            final long startTicks,
            final long intervalMs) {
        return new SimulatedInstrument(
                VENUE,
                ticker + "/USD:USD-2609",
                "CON.F.US." + root + ".U26",
                tickSize,
                decimals,
                startTicks,
                intervalMs * 1_000_000);
    }
}
