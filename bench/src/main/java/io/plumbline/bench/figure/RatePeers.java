package io.plumbline.bench.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Target 5 in part: whole products behind their own sockets, each in a process of its own, which
 * take a message as far as their own ticker. The sender sends as soon as there is room.
 */
final class RatePeers {
    private static final int TARGET = 5;
    private static final double LIMIT = 12;

    /** Code is compiled meanwhile. */
    private static final PacedServer.Phase WARM = new PacedServer.Phase(100_000, 300_000);

    private static final long COUNT = 500_000;
    private static final int TOOK = 4;
    private static final double SECOND_NS = 1e9;

    private RatePeers() {}

    /**
     * @param what the figure's name in the rows
     * @param ours messages a second that are judged without loss
     */
    static List<Row> rows(final String what, final double ours, final Effort effort)
            throws IOException, InterruptedException {
        final String noTardis = NodeReader.tardisMissing();
        return List.of(
                row(what, ours, XchangePeer.NAME, theirs(xchange())),
                noTardis == null
                        ? row(
                                what,
                                ours,
                                NodeReader.TARDIS,
                                theirs(NodeReader.tardisReceiver(effort)))
                        : Row.leftOut(
                                what, ours, "messages/s", NodeReader.TARDIS + ": " + noTardis));
    }

    private static Row row(
            final String what, final double ours, final String peer, final double theirs) {
        return new Row(
                TARGET,
                what,
                ours,
                "messages/s",
                peer,
                theirs,
                ours / theirs,
                Bound.atLeast(LIMIT));
    }

    private static List<String> xchange() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                XchangeReceiver.class.getName());
    }

    /** Messages a second where the next is sent as soon as there is room for it. */
    private static double theirs(final List<String> receiver)
            throws IOException, InterruptedException {
        try (PacedServer server = new PacedServer()) {
            final List<String> command = new ArrayList<>(Cores.ofReceiver());
            command.addAll(receiver);
            command.add(String.valueOf(server.port()));
            command.add(String.valueOf(WARM.count() + COUNT));
            command.add(String.valueOf(WARM.count()));
            final Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try {
                server.serve(List.of(WARM, new PacedServer.Phase(PacedServer.FLOOD, COUNT)));
                return COUNT
                        * SECOND_NS
                        / Double.parseDouble(Delivery.said(process).get(0).split(" ")[TOOK]);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
