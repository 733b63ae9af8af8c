package io.plumbline.bench.figure;

import com.alibaba.fastjson2.JSONReader;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The same fields of Binance's messages by JSON libraries, as a careful user of each would read
 * them.
 */
final class JsonPeers {
    private final JsonFactory factory = new JsonFactory();
    private final ObjectMapper mapper = new ObjectMapper();

    /** What was read of one message. */
    private long sum;

    long jacksonStreaming(final Corpus corpus) {
        sum = 0;
        try {
            for (int i = 0; i < corpus.size(); i++) {
                try (JsonParser parser =
                        factory.createParser(corpus.bytes, corpus.offsets[i], corpus.lengths[i])) {
                    while (parser.nextToken() != null) {
                        if (parser.currentToken() == JsonToken.FIELD_NAME) {
                            field(parser, parser.currentName(), parser.nextToken());
                        }
                    }
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private void field(final JsonParser parser, final String name, final JsonToken value)
            throws IOException {
        switch (name) {
            case "E", "T", "t", "U", "u", "pu" -> sum += parser.getLongValue();
            case "s" -> sum += parser.getText().length();
            case "p", "q" -> sum += new BigDecimal(parser.getText()).unscaledValue().longValue();
            case "b", "a" -> {
                if (value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_ARRAY) {
                        while (parser.nextToken() == JsonToken.VALUE_STRING) {
                            sum += new BigDecimal(parser.getText()).unscaledValue().longValue();
                        }
                    }
                } else if (value == JsonToken.VALUE_STRING) {
                    sum += new BigDecimal(parser.getText()).unscaledValue().longValue();
                } else {
                    sum += parser.getLongValue();
                }
            }
            default -> {
                if (value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                }
            }
        }
    }

    long databind(final Corpus corpus) {
        sum = 0;
        try {
            for (int i = 0; i < corpus.size(); i++) {
                final JsonNode root =
                        mapper.readTree(corpus.bytes, corpus.offsets[i], corpus.lengths[i]);
                final JsonNode data = root.has("data") ? root.get("data") : root;
                data.properties().forEach(entry -> node(entry.getKey(), entry.getValue()));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private void node(final String name, final JsonNode value) {
        switch (name) {
            case "E", "T", "t", "U", "u", "pu" -> sum += value.longValue();
            case "s" -> sum += value.textValue().length();
            case "p", "q" -> sum += new BigDecimal(value.textValue()).unscaledValue().longValue();
            case "b", "a" -> {
                if (value.isArray()) {
                    for (final JsonNode level : value) {
                        for (final JsonNode number : level) {
                            sum += new BigDecimal(number.textValue()).unscaledValue().longValue();
                        }
                    }
                } else if (value.isTextual()) {
                    sum += new BigDecimal(value.textValue()).unscaledValue().longValue();
                } else {
                    sum += value.longValue();
                }
            }
            default -> {
                // Not looked at, as in the others.
            }
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
                object(reader);
            }
        }
        return sum;
    }

    private void object(final JSONReader reader) {
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            switch (reader.readFieldName()) {
                case "data" -> object(reader);
                case "E", "T", "t", "U", "u", "pu" -> sum += reader.readInt64Value();
                case "s" -> sum += reader.readString().length();
                case "p", "q" -> sum += reader.readBigDecimal().unscaledValue().longValue();
                case "b", "a" -> {
                    if (reader.isArray()) {
                        reader.nextIfArrayStart();
                        while (!reader.nextIfArrayEnd()) {
                            reader.nextIfArrayStart();
                            while (!reader.nextIfArrayEnd()) {
                                sum += reader.readBigDecimal().unscaledValue().longValue();
                            }
                        }
                    } else if (reader.isString()) {
                        sum += reader.readBigDecimal().unscaledValue().longValue();
                    } else {
                        sum += reader.readInt64Value();
                    }
                }
                default -> reader.skipValue();
            }
        }
    }
}
