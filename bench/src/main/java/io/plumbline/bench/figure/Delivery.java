package io.plumbline.bench.figure;

import io.plumbline.app.JudgedMonitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of a phase of messages that a {@link PacedServer} sent to a process of its own.
 *
 * @param lateNs 50th, 99th and 99.9th percentile of how late they were
 * @param processorNs of the receiver, per message
 * @param perSecond messages
 * @param lost of ours only; others take everything
 * @param unwritten what the journal lost, of ours only
 * @param found findings, of ours only
 * @param bytes allocated per message, of ours only
 * @param collections of ours only
 * @param writesLateNs the same percentiles of writes to Redis, of a whole monitor only
 * @param writes judged, of a whole monitor only
 * @param residentMebi at the end, of ours only
 */
record Delivery(
        double[] lateNs,
        double processorNs,
        double perSecond,
        long lost,
        long unwritten,
        long found,
        double bytes,
        long collections,
        double[] writesLateNs,
        long writes,
        double residentMebi) {
    /** Code is compiled meanwhile, on the receiver's cores. */
    private static final PacedServer.Phase OURS_WARM = new PacedServer.Phase(100_000, 800_000);

    private static final PacedServer.Phase OURS_WARM_SHORT =
            new PacedServer.Phase(100_000, 300_000);

    /**
     * Of an engine that is slowed down, which must not be too much for it before anything counts.
     */
    private static final PacedServer.Phase SLOWED_WARM = new PacedServer.Phase(20_000, 160_000);

    /** Slow ones behind all others: by them a phase ends whose last messages are lost. */
    private static final PacedServer.Phase TRAILER = new PacedServer.Phase(1_000, 50);

    private static final PacedServer.Phase C_WARM = new PacedServer.Phase(100_000, 20_000);

    private static final double SECOND_NS = 1e9;
    private static final int OF_OURS = 15;

    /** To the blocking or spinning reader in C that judges nothing. */
    static Delivery toC(final PacedServer.Phase phase, final boolean spins, final Effort effort)
            throws IOException, InterruptedException {
        final Path program = CReader.compile("receive.c", effort.work());
        try (PacedServer server = new PacedServer()) {
            final List<String> command = new ArrayList<>();
            command.add(program.toString());
            command.add(String.valueOf(server.port()));
            command.add(String.valueOf(C_WARM.count() + phase.count()));
            command.add(String.valueOf(C_WARM.count()));
            if (spins) {
                command.add("spin");
            }
            return serve(server, command, List.of(C_WARM, phase)).get(0);
        }
    }

    /** All phases to one {@link VerdictReceiver}. */
    static List<Delivery> toOurs(
            final List<PacedServer.Phase> phases, final boolean spins, final Effort effort)
            throws IOException, InterruptedException {
        return toOurs(phases, spins, 0, effort);
    }

    /**
     * @param moreNs how much longer than it needs the engine takes for a message
     */
    static List<Delivery> toOurs(
            final List<PacedServer.Phase> phases,
            final boolean spins,
            final long moreNs,
            final Effort effort)
            throws IOException, InterruptedException {
        try (PacedServer server = new PacedServer()) {
            return toOurs(
                    server,
                    List.of(),
                    List.of(
                            VerdictReceiver.class.getName(),
                            String.valueOf(server.port()),
                            Files.createTempDirectory(effort.work(), "journal").toString(),
                            spins ? "SPINS" : "WOKEN",
                            String.valueOf(moreNs)),
                    moreNs > 0 ? SLOWED_WARM : warm(effort),
                    phases);
        }
    }

    /** All phases, each behind one to settle. */
    static List<PacedServer.Phase> settled(final List<PacedServer.Phase> phases) {
        return phases.stream().flatMap(phase -> Stream.of(phase.settling(), phase)).toList();
    }

    /** What became of the phases themselves where they were {@link #settled}. */
    static List<Delivery> ofSettled(final List<Delivery> deliveries) {
        return IntStream.range(0, deliveries.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(deliveries::get)
                .toList();
    }

    /**
     * All phases to one whole monitor.
     *
     * @param config whose venue is {@code server}
     * @param options more options of its JVM
     */
    static List<Delivery> toMonitor(
            final PacedServer server,
            final Path config,
            final List<String> options,
            final List<PacedServer.Phase> phases,
            final Effort effort)
            throws IOException, InterruptedException {
        return toOurs(
                server,
                options,
                List.of(JudgedMonitor.class.getName(), config.toString()),
                warm(effort),
                phases);
    }

    private static PacedServer.Phase warm(final Effort effort) {
        return effort.full() ? OURS_WARM : OURS_WARM_SHORT;
    }

    private static List<Delivery> toOurs(
            final PacedServer server,
            final List<String> options,
            final List<String> main,
            final PacedServer.Phase warm,
            final List<PacedServer.Phase> phases)
            throws IOException, InterruptedException {
        final List<PacedServer.Phase> all = new ArrayList<>(List.of(warm));
        all.addAll(phases);
        all.add(TRAILER);
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Daemon.launcherFlags());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(main);
        all.forEach(phase -> command.add(String.valueOf(phase.count())));
        return serve(server, command, all).subList(0, phases.size());
    }

    private static List<Delivery> serve(
            final PacedServer server,
            final List<String> command,
            final List<PacedServer.Phase> phases)
            throws IOException, InterruptedException {
        final List<String> placed = new ArrayList<>(Cores.ofReceiver());
        placed.addAll(command);
        final Process process =
                new ProcessBuilder(placed).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            server.serve(phases);
            final List<String> lines = said(process);
            final List<Delivery> deliveries = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                deliveries.add(read(lines.get(i).split(" "), phases.get(i + 1).count()));
            }
            return deliveries;
        } finally {
            process.destroyForcibly();
        }
    }

    /** The lines of numbers that a receiver leaves; a JVM may log to the same output. */
    static List<String> said(final Process receiver) throws IOException, InterruptedException {
        final String all =
                new String(receiver.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (receiver.waitFor() != 0) {
            throw new IOException("a receiver left with " + receiver.exitValue());
        }
        return all.lines().filter(line -> line.matches("[0-9][0-9. -]*")).toList();
    }

    private static Delivery read(final String[] words, final long count) {
        final boolean ours = words.length == OF_OURS;
        final long lost = ours ? Long.parseLong(words[5]) : 0;
        return new Delivery(
                percentiles(words, 0),
                Double.parseDouble(words[3]),
                (count - lost) * SECOND_NS / Double.parseDouble(words[4]),
                lost,
                ours ? Long.parseLong(words[6]) : 0,
                ours ? Long.parseLong(words[7]) : 0,
                ours ? Double.parseDouble(words[8]) : 0,
                ours ? Long.parseLong(words[9]) : 0,
                ours ? percentiles(words, 10) : new double[3],
                ours ? Long.parseLong(words[13]) : 0,
                ours ? Double.parseDouble(words[14]) : 0);
    }

    private static double[] percentiles(final String[] words, final int from) {
        return Stream.of(words).skip(from).limit(3).mapToDouble(Double::parseDouble).toArray();
    }
}
