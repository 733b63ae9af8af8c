package io.plumbline.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Everything that is wrong is told, where it is, with what to do. */
class ConfigProblemsTest {
    private static final String WRONG =
            """
            monitor:
              tik: 50ms
              tick: 50
              ring: {cells: 1000, wait: busyspin, maxMessage: 64MiB, cellBytes: x}
            journal: {enabled: yes, diskFloor: 5, segment: 1kb, keepBytes: 3MiB}
            venues:
              - name: perpetul
                symbols: [A/B]
              - name: spot
                symbols: []
                channels: [bookTiker, markPrice]
                endpoint: https://joe:hunter2@x
              - name: perpetual
                symbols: [BTCUSDT, BTC/USDT, "ETH/USDT:USDT", "ETH/USDT:USDT"]
              - name: spot
                symbols: [A/B]
            redis:
              - uri: redis://joe:hunter2@[::1/0
                password: ${REDIS_PW}
                keys:
                  - {pattern: "px:{symbo}", venue: perpetua}
                  - pattern: "px:{symbol}"
                    venue: perpetual
                    reference: makr
                    symbols: ["SOL/USDT:USDT"]
                    format: json
                    lagBudget: 10s
                    closeLag: 11s
                    tolerance: {bps: -1}
                  - {pattern: "px:{symbol}", venue: perpetual}
                  - {pattern: "px:{symbol}", venue: perpetual, reference: mark}
              - password: ${file:/nope}
            detectors: {price: {window: 1s}}
            cases:
              for: {SYMBOL_STAL: 0s}
              severity: {PRICE_AHEAD: low}
            alerts:
              - {type: mail}
              - {type: exec, command: "page me"}
              - {type: exec, command: [page, "${X}"]}
              - {type: webhook, secret: "${NOPE}"}
            http: {bind: 0.0.0.0, port: 99999}
            http: 1
            """;

    @Test
    void shouldTellOfEverything() {
        assertEquals(
                List.of(
                        "x.yaml:2:3: monitor.tik: unknown key; did you mean \"tick\"?",
                        "x.yaml:3:9: monitor.tick: \"50\" is no duration; write a whole number with"
                                + " a unit (ns, us, ms, s, m, h, d), for example 250ms",
                        "x.yaml:4:17: monitor.ring.cells: must be a power of two; write 1024",
                        "x.yaml:4:29: monitor.ring.wait: \"busyspin\" is no wait strategy; did you"
                                + " mean \"busy-spin\"?",
                        "x.yaml:4:51: monitor.ring.maxMessage: more than half of the ring (250KiB);"
                                + " lower it or raise cells",
                        "x.yaml:4:69: monitor.ring.cellBytes: \"x\" is no whole number; write one"
                                + " from 64 to 65536",
                        "x.yaml:5:20: journal.enabled: \"yes\" is no boolean; write true or false",
                        "x.yaml:5:36: journal.diskFloor: \"5\" is no percentage; write a whole one"
                                + " from 0% to 99%",
                        "x.yaml:5:48: journal.segment: \"1kb\" is no size; write a whole number"
                                + " with a unit (B, KB, MB, GB, TB, KiB, MiB, GiB, TiB), for"
                                + " example 128MiB",
                        "x.yaml:5:64: journal.keepBytes: less than two segments; raise it or lower"
                                + " `segment`",
                        "x.yaml:7:11: venues[0].name: \"perpetul\" is no venue of this version; did"
                                + " you mean \"perpetual\"?",
                        "x.yaml:10:14: venues[1].symbols: no symbol to watch; write `symbols:"
                                + " [BTC/USDT]` with at least one",
                        "x.yaml:11:16: venues[1].channels[0]: \"bookTiker\" is no channel of spot;"
                                + " did you mean \"bookTicker\"?",
                        "x.yaml:11:27: venues[1].channels[1]: \"markPrice\" is no channel of spot;"
                                + " known: aggTrade, bookTicker, trade",
                        "x.yaml:12:15: venues[1].endpoint: \"https://***@x\" does not begin with"
                                + " wss:// or ws://; write wss://HOST:PORT",
                        "x.yaml:14:15: venues[2].symbols[0]: \"BTCUSDT\" is no ccxt symbol; write"
                                + " BASE/QUOTE for spot or BASE/QUOTE:SETTLE for a perpetual, for"
                                + " example BTC/USDT:USDT",
                        "x.yaml:14:24: venues[2].symbols[1]: \"BTC/USDT\" is no symbol of"
                                + " perpetual: it names no settlement",
                        "x.yaml:14:51: venues[2].symbols[3]: the same instrument as"
                                + " \"ETH/USDT:USDT\"; remove one",
                        "x.yaml:15:11: venues[3].name: a second venue \"spot\"; put its symbols"
                                + " into the first",
                        "x.yaml:18:10: redis[0].uri: the value is no address (character 25); write"
                                + " redis://HOST:PORT",
                        "x.yaml:19:15: redis[0].password: the value needs the environment variable"
                                + " REDIS_PW, which is not set; set it, or write"
                                + " ${REDIS_PW:-default}",
                        "x.yaml:21:19: redis[0].keys[0].pattern: \"px:{symbo}\" has an unknown"
                                + " placeholder; did you mean \"{symbol}\"?",
                        "x.yaml:21:40: redis[0].keys[0].venue: \"perpetua\" is no configured venue;"
                                + " did you mean \"perpetual\"?",
                        "x.yaml:24:20: redis[0].keys[1].reference: \"makr\" is no reference; did"
                                + " you mean \"mark\"?",
                        "x.yaml:25:19: redis[0].keys[1].symbols[0]: \"SOL/USDT:USDT\" is no"
                                + " watched symbol of perpetual; did you mean"
                                + " \"ETH/USDT:USDT\"?",
                        "x.yaml:26:17: redis[0].keys[1].format: \"json\" is no value format; write"
                                + " plain, json:FIELD, hash:FIELD or msgpack:FIELD, all but plain"
                                + " also with ,seq=FIELD and ,time=FIELD",
                        "x.yaml:28:19: redis[0].keys[1].closeLag: longer than lagBudget; lower it",
                        "x.yaml:29:26: redis[0].keys[1].tolerance.bps: \"-1\" is no decimal number;"
                                + " write digits, for example 2.5",
                        "x.yaml:31:19: redis[0].keys[3].pattern: gives the key"
                                + " \"px:ETH/USDT:USDT\" a second time, first by redis[0].keys[2]"
                                + " (ETH/USDT:USDT); change the pattern or `symbols`",
                        "x.yaml:31:63: redis[0].keys[3].reference: \"mark\" does not come on the"
                                + " channels of perpetual; add markPrice to them",
                        "x.yaml:32:5: redis[1].name: a second Redis named \"main\"; give each a"
                                + " `name` of its own",
                        "x.yaml:32:15: redis[1].password: the value needs the file /nope, which is"
                                + " not there; create it",
                        "x.yaml:33:29: detectors.price.window: shorter than twice the longest"
                                + " lagBudget; raise it to 20s or remove the key",
                        "x.yaml:35:9: cases.for.SYMBOL_STAL: unknown key; did you mean"
                                + " \"SYMBOL_STALE\"?",
                        "x.yaml:36:27: cases.severity.PRICE_AHEAD: \"low\" is no severity; did you"
                                + " mean \"LOW\"?",
                        "x.yaml:38:12: alerts[0].type: \"mail\" is no type of alert; did you mean"
                                + " \"email\"?",
                        "x.yaml:39:27: alerts[1].command: must be a list; write `command: [a, b]`"
                                + " or lines beginning with `- `",
                        "x.yaml:40:5: alerts[2].name: a second alert named \"exec\"; give each a"
                                + " `name` of its own",
                        "x.yaml:40:34: alerts[2].command[1]: takes from the environment; every user"
                                + " can see a program's arguments: let the program read it itself",
                        "x.yaml:41:5: alerts[3].url: missing; write `url: https://HOST/PATH`",
                        "x.yaml:41:29: alerts[3].secret: the value needs the environment variable"
                                + " NOPE, which is not set; set it, or write ${NOPE:-default}",
                        "x.yaml:42:14: http.bind: \"0.0.0.0\" is no loopback address, so that"
                            + " others could read what it says; write `token: ${PLUMBLINE_TOKEN}`"
                            + " beside it, or listen on 127.0.0.1",
                        "x.yaml:42:29: http.port: \"99999\" is out of range; write a number from 0"
                                + " to 65535",
                        "x.yaml:43:1: http: given twice, first in line 42; remove one"),
                ConfigText.problems(WRONG));
    }

    @Test
    void shouldNeverShowAPassword() {
        final String problems = String.join("\n", ConfigText.problems(WRONG));
        assertFalse(problems.contains("hunter2"), problems);
    }

    @Test
    void shouldExplainWhatYamlDoesNot() {
        assertProblem(
                "venues: {a: ${X}}\n",
                "x.yaml:1:14: not legal YAML: expected ',' or '}', but got {; inside {...} and"
                        + " [...] put quotes around \"${NAME}\"");
        assertProblem(
                "redis: {pattern: px:{symbol}}\n",
                "x.yaml:1:20: not legal YAML: expected ',' or '}', but got :; put quotes around"
                        + " \"{symbol}\" and what stands with it");
        assertProblem(
                "a: \"x\u0001y\"\n", "x.yaml:1:6: not legal YAML: character U+0001; remove it");
        assertProblem("", "x.yaml: empty; write at least `venues:`, see config/ for samples");
        assertProblem(
                "- a\n", "x.yaml:1:1: not a configuration; begin with a key such as `venues:`");
        assertProblem(
                "a: 1\n---\nb: 1\n", "x.yaml:2:1: not legal YAML: but found another document");
    }

    @Test
    void shouldTellOneProblemOfEach() {
        assertAlso(
                "journal: 5",
                "x.yaml:2:10: journal: must hold keys of its own; write `journal: {key: value}`");
        assertAlso(
                "alerts: [{type: webhook, url: 'http://h/', headers: {A: \"b\\r\\nc\"}}]",
                "x.yaml:2:57: alerts[0].headers.A: holds a line break or another control character;"
                        + " no header may: look at the file or variable that it comes from");
        assertAlso(
                "monitor: {name: [a]}",
                "x.yaml:2:17: monitor.name: must be one value, not a list or keys; see config/ for"
                        + " samples");
        assertAlso(
                "monitor: {name: !!java.net.URL x}",
                "x.yaml:2:17: not legal YAML: Global tag is not allowed:"
                        + " tag:yaml.org,2002:java.net.URL");
        assertAlso(
                "monitor: {name: !url x}",
                "x.yaml:2:17: monitor.name: YAML tags are not supported; write the plain value");
        assertAlso("monitor: {[a]: b}", "x.yaml:2:11: a key must be a name; write `key: value`");
        assertAlso(
                "monitor: {tick: 0s}",
                "x.yaml:2:17: monitor.tick: \"0s\" is out of range; write a duration from 1ms to"
                        + " 1s");
        assertAlso(
                "redis: [{keys: [{pattern: a, venue: spot, reference: mark}]}]",
                "x.yaml:2:54: redis[0].keys[0].reference: \"mark\" does not come on the channels"
                        + " of spot; add markPrice to them");
        assertAlso(
                "redis: [{uri: \"redis://a/b\", keys: [{pattern: a, venue: spot}]}]",
                "x.yaml:2:15: redis[0].uri: the value has more than a database number after the"
                        + " port; write .../0");
        assertAlso(
                "http: {bind: example.com}",
                "x.yaml:2:14: http.bind: \"example.com\" is no address in numbers; write 127.0.0.1,"
                        + " or one of this host");
        assertAlso(
                "redis: [{keys: [{pattern: \"px:{symbol}\", venue: spot}]}]\ngate: {redis: {uri:"
                        + " \"redis://localhost:6379/3\"}}",
                "x.yaml:3:21: gate.redis.uri: is the Redis \"main\", which is watched and not"
                        + " written to; name another, or write `watched: true` beside it to have it"
                        + " so");
        assertAlso(
                "redis: [{cluster: {nodes: [\"a:1\", \"10.0.0.7\"]}, keys: [{pattern:"
                        + " \"px:{symbol}\", venue: spot}]}]\n"
                        + "gate: {redis: {uri: \"redis://10.0.0.7\"}}",
                "x.yaml:3:21: gate.redis.uri: is the Redis \"main\", which is watched and not"
                        + " written to; name another, or write `watched: true` beside it to have it"
                        + " so");
        assertAlso(
                "gate: {redis: {cluster: {nodes: [\"a:1\"]}}}",
                "x.yaml:2:25: gate.redis.cluster: a hash is kept on one server; write `uri:"
                        + " redis://HOST:PORT` or `sentinel`");
        assertAlso(
                "http: {token: hunter2}",
                "x.yaml:2:15: http.token: the value is too easy to guess or cannot be sent in a"
                        + " header; write at least 16 letters and digits, as `openssl rand -hex 32`"
                        + " prints them");
        assertAlso(
                "http: {hosts: [\"https://a.example\"]}",
                "x.yaml:2:16: http.hosts[0]: \"https://a.example\" is no name of a host; write it"
                        + " without scheme and port");
        assertProblem(
                "venues: [{name: spot, symbols: [A/B, C/D]}]\n"
                        + "redis: [{keys: [{pattern: px, venue: spot}]}]",
                "x.yaml:2:27: redis[0].keys[0].pattern: gives one key for 2 symbols; put {symbol}"
                        + " into it or name one symbol in `symbols`");
    }

    @Test
    void shouldTakeNullForTheDefault() {
        assertEquals(
                List.of(),
                ConfigText.problems(
                        ConfigText.MINIMAL
                                + "monitor:\njournal: ~\nredis:\nalerts: null\nhttp: {port: }\n"));
    }

    @Test
    void shouldStayBoundedAgainstHostileInput() {
        assertEquals(
                1, ConfigText.problems("a: " + "[".repeat(10_000) + "]".repeat(10_000)).size());
        final StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 100; i++) {
            laughs.append(String.format("a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1));
        }
        assertTrue(ConfigText.problems(laughs.toString()).get(0).contains("aliases"));
        assertFalse(ConfigText.problems("a: &a\n  b: *a\nvenues: *a\n").isEmpty());
        final StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            keys.append("key").append(i).append(": 1\n");
        }
        final List<String> problems = ConfigText.problems(keys.toString());
        assertEquals(101, problems.size());
        assertEquals("x.yaml: and 4901 more; repair these first", problems.get(100));
        assertEquals(
                List.of("x.yaml: longer than 1 MiB; this is no configuration"),
                ConfigText.problems("#".repeat(1 << 21)));
    }

    @Test
    void shouldOnlyEverThrowWhatItDeclares() {
        final long seed = 20_261_123L;
        final Random random = new Random(seed);
        final String alphabet = "{}[]:,-&*!|>'\"%@`#~ \n\tab0${}";
        for (int round = 0; round < 1_000; round++) {
            final StringBuilder yaml = new StringBuilder(WRONG);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                final int at = random.nextInt(yaml.length());
                switch (random.nextInt(3)) {
                    case 0 -> yaml.deleteCharAt(at);
                    case 1 -> yaml.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default ->
                            yaml.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                assertFalse(ConfigText.problems(yaml.toString()).isEmpty());
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round + "\n" + yaml, e);
            }
        }
    }

    private static void assertProblem(final String yaml, final String expected) {
        assertEquals(List.of(expected), ConfigText.problems(yaml));
    }

    private static void assertAlso(final String yaml, final String expected) {
        assertProblem(ConfigText.MINIMAL + yaml, expected);
    }
}
