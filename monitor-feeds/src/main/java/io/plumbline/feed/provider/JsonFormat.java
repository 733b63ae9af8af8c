package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.util.List;
import java.util.Map;

/**
 * Messages in JSON.
 *
 * @param messages all that match a message are read from it, in this order: a ticker may be quote,
 *     last price and mark price at once
 * @param connectionSequence the number of a message among all of its connection, each one more than
 *     the one before, signs of life included; null without one
 */
public record JsonFormat(List<Message> messages, JsonPath connectionSequence)
        implements ProviderSpec.Format {
    public JsonFormat {
        messages = List.copyOf(messages);
    }

    @Override
    public List<Channel> channels() {
        return messages.stream().map(Message::channel).distinct().toList();
    }

    /**
     * One kind of message.
     *
     * @param when what tells it; empty for any message
     * @param items the array whose elements are read one by one; null for the message itself
     * @param fields where they stand: seen from the element, or from the message where the path
     *     begins with {@code $}
     * @param timeForm null without a time
     */
    public record Message(
            Channel channel,
            JsonMatch when,
            JsonPath items,
            Map<FieldRole, Field> fields,
            TimeForm timeForm,
            SequenceRule rule) {
        public Message {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * Where a field stands.
     *
     * @param fromTop whether the path begins at the message, not at its element
     */
    public record Field(JsonPath path, boolean fromTop) {}
}
