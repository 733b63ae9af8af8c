package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process in an alert storm is killed with SIGKILL at seeded points, over and over, before a
 * pager that fails in every way; then a last one delivers what is left. Whatever was durable has
 * arrived. {@code -Dtest.jvm.arguments="-Dplumbline.kills=1000 -Dplumbline.seed=N"} for the long
 * form.
 */
@Tag("servers")
class KillStormTest {
    private static final int KILLS = Integer.getInteger("plumbline.kills", 20);
    private static final long SEED = Long.getLong("plumbline.seed", 20_261_127L);
    private static final long LAST_MINUTES = 30;

    @TempDir Path folder;

    private final Map<String, String> durable = new LinkedHashMap<>();

    @Test
    void whatWasDurableIsDeliveredInOrderHoweverOftenItIsKilled() throws Exception {
        System.out.println("kill storm: " + KILLS + " kills, seed " + SEED);
        final SplittableRandom random = new SplittableRandom(SEED);
        try (FaultyPager pager = new FaultyPager(SEED)) {
            for (int life = 1; life <= KILLS; life++) {
                final Process process = start(pager, life);
                try {
                    killed(process, 1 + random.nextInt(25), random.nextInt(3_000_000));
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            final Process last = start(pager, 0);
            try {
                assertTrue(last.waitFor(LAST_MINUTES, TimeUnit.MINUTES), "seed " + SEED);
                assertEquals(0, last.exitValue(), "seed " + SEED);
            } finally {
                last.destroyForcibly();
            }
            check(pager.events);
        }
    }

    private Process start(final FaultyPager pager, final int life) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.add(StormLife.class.getName());
        command.addAll(List.of(folder.toString(), pager.uri().toString()));
        command.addAll(List.of(Long.toString(SEED), Integer.toString(life)));
        return new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    }

    /** Reads so many durable alerts, then kills it, then reads what it had still said. */
    private void killed(final Process process, final int lines, final long thenNs)
            throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                note(line);
                if (++read == lines) {
                    LockSupport.parkNanos(thenNs);
                    // By its handle: the process object would close what is still to be read.
                    process.toHandle().destroyForcibly();
                }
            }
            assertTrue(read >= lines, "it ended by itself, seed " + SEED);
        }
    }

    /** A line that the kill has cut says nothing. */
    private void note(final String line) {
        final String[] words = line.split(" ");
        if (words.length == 3 && words[2].equals(".")) {
            durable.put(words[0], words[1]);
        }
    }

    private void check(final List<FaultyPager.Event> events) {
        final String seed = "seed " + SEED;
        final Set<String> taken =
                events.stream()
                        .filter(FaultyPager.Event::taken)
                        .map(FaultyPager.Event::id)
                        .collect(Collectors.toSet());
        final Set<String> lost = new LinkedHashSet<>(durable.keySet());
        lost.removeAll(taken);
        assertEquals(Set.of(), lost, seed);
        assertTrue(durable.size() >= KILLS, seed);

        final Map<String, FaultyPager.Event> first = new LinkedHashMap<>();
        for (final FaultyPager.Event event : events) {
            final FaultyPager.Event before = first.putIfAbsent(event.id(), event);
            if (before != null) {
                assertEquals(before.key(), event.key(), "a duplicate has its key, " + seed);
                assertEquals(before.action(), event.action(), seed);
            }
        }
        durable.forEach((id, key) -> assertEquals(key, first.get(id).key(), seed));

        final Map<String, String> standing = new HashMap<>();
        for (final FaultyPager.Event event : first.values()) {
            if (event.action().equals("trigger")) {
                standing.put(event.key(), event.episode());
            } else {
                assertEquals(event.episode(), standing.remove(event.key()), "its trigger, " + seed);
            }
        }
        System.out.println(
                "kill storm: "
                        + durable.size()
                        + " alerts seen durable, "
                        + first.size()
                        + " distinct ones came, "
                        + events.size()
                        + " attempts arrived whole");
    }
}
