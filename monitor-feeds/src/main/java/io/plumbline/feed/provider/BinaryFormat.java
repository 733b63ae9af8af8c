package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.util.List;
import java.util.Map;

/**
 * Messages of a fixed layout: a header, then records of one length each, or of a length that they
 * tell themselves. Text frames on the same connection are control messages in JSON.
 *
 * @param header bytes before the first record
 * @param count how many records follow, in the header; null where they go on to the end
 * @param recordLength bytes of each record; 0 where {@code lengthField} tells, or where the rest of
 *     the frame is one record
 * @param lengthField the bytes of its record, itself included; null without one
 * @param type tells the kind of message, in the header or in each record; null where there is but
 *     one kind
 * @param connectionSequence as in {@link JsonFormat}, in the header or in the first record; null
 *     without one
 * @param heartbeat the type of a sign of life; null without one
 */
public record BinaryFormat(
        int header,
        BinaryField count,
        int recordLength,
        BinaryField lengthField,
        BinaryField type,
        BinaryField connectionSequence,
        Long heartbeat,
        List<Message> messages)
        implements ProviderSpec.Format {
    public BinaryFormat {
        messages = List.copyOf(messages);
    }

    @Override
    public List<Channel> channels() {
        return messages.stream().map(Message::channel).distinct().toList();
    }

    /**
     * One kind of message.
     *
     * @param when its type; 0 where {@link BinaryFormat#type} is null
     * @param timeForm null without a time
     */
    public record Message(
            Channel channel,
            long when,
            Map<FieldRole, BinaryField> fields,
            TimeForm timeForm,
            SequenceRule rule) {
        public Message {
            fields = Map.copyOf(fields);
        }
    }
}
