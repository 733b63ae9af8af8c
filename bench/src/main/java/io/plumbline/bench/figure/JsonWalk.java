package io.plumbline.bench.figure;

import com.alibaba.fastjson2.JSONReader;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Every value of any message by JSON libraries, strings as they are, nothing made of them: the
 * least that a product above such a library pays.
 */
final class JsonWalk {
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();
    private long sum;

    long jacksonStreaming(final Corpus corpus) {
        sum = 0;
        try {
            for (int i = 0; i < corpus.size(); i++) {
                try (JsonParser parser =
                        factory.createParser(corpus.bytes, corpus.offsets[i], corpus.lengths[i])) {
                    for (JsonToken at = parser.nextToken(); at != null; at = parser.nextToken()) {
                        switch (at) {
                            case VALUE_STRING -> sum += parser.getText().length();
                            case VALUE_NUMBER_INT -> sum += parser.getLongValue();
                            case VALUE_NUMBER_FLOAT -> sum += (long) parser.getDoubleValue();
                            default -> {
                                // Names and brackets.
                            }
                        }
                    }
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    long databind(final Corpus corpus) {
        sum = 0;
        try {
            for (int i = 0; i < corpus.size(); i++) {
                every(mapper.readTree(corpus.bytes, corpus.offsets[i], corpus.lengths[i]));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private void every(final JsonNode node) {
        if (node.isContainerNode()) {
            for (final JsonNode child : node) {
                every(child);
            }
        } else if (node.isTextual()) {
            sum += node.textValue().length();
        } else if (node.isNumber()) {
            sum += node.longValue();
        }
    }

    long fastjson(final Corpus corpus) {
        sum = 0;
        for (int i = 0; i < corpus.size(); i++) {
            try (JSONReader reader =
                    JSONReader.of(
                            corpus.bytes,
                            corpus.offsets[i],
                            corpus.lengths[i],
                            StandardCharsets.UTF_8)) {
                every(reader);
            }
        }
        return sum;
    }

    private void every(final JSONReader reader) {
        if (reader.isObject()) {
            reader.nextIfObjectStart();
            while (!reader.nextIfObjectEnd()) {
                reader.skipName();
                every(reader);
            }
        } else if (reader.isArray()) {
            reader.nextIfArrayStart();
            while (!reader.nextIfArrayEnd()) {
                every(reader);
            }
        } else if (reader.isString()) {
            sum += reader.readString().length();
        } else if (reader.isNumber()) {
            sum += reader.readNumber().longValue();
        } else {
            reader.skipValue();
        }
    }
}
