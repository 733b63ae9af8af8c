package io.plumbline.bench.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.market.MessageDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Target 2: the same messages with their keys in another order: the same events, little slower. */
final class KeyOrderFigure implements Figure {
    private static final int TARGET = 2;
    private static final double LIMIT = 2.2;
    private static final double GATE = 4;
    private static final long SEED = 20_261_127L;

    @Override
    public String name() {
        return "decode-key-order";
    }

    @Override
    public String title() {
        return "keys in another order, processor ns per message";
    }

    @Override
    public List<Row> measure(final Effort effort) throws IOException {
        final Corpus corpus = Traffic.mixed(effort);
        final Corpus shuffled = shuffled(corpus);
        final MessageDecoder decoder = corpus.decoder();
        final MessageDecoder other = shuffled.decoder();
        final Fields fields = new Fields();
        final Contest contest = new Contest(effort, corpus.size());
        final int usual =
                contest.add(Contender.inProcess("usual order", () -> fields.read(corpus, decoder)));
        final int unusual =
                contest.add(Contender.inProcess("other order", () -> fields.read(shuffled, other)));
        contest.run().agree(unusual, usual);
        return List.of(
                contest.atMost(TARGET, "keys in another order", unusual, usual, LIMIT)
                        .gatedAt(GATE));
    }

    private static Corpus shuffled(final Corpus corpus) throws IOException {
        final ObjectMapper mapper = new ObjectMapper();
        final Random random = new Random(SEED);
        final List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i++) {
            final JsonNode root =
                    mapper.readTree(corpus.bytes, corpus.offsets[i], corpus.lengths[i]);
            messages.add(mapper.writeValueAsBytes(shuffled(root, mapper, random)));
        }
        return new Corpus("shuffled", corpus.venue.name(), messages);
    }

    private static JsonNode shuffled(
            final JsonNode node, final ObjectMapper mapper, final Random random) {
        if (!node.isObject()) {
            return node;
        }
        final List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
        Collections.shuffle(entries, random);
        final ObjectNode out = mapper.createObjectNode();
        entries.forEach(
                entry -> out.set(entry.getKey(), shuffled(entry.getValue(), mapper, random)));
        return out;
    }
}
