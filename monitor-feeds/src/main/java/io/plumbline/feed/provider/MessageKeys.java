package io.plumbline.feed.provider;

import io.plumbline.market.Channel;
import io.plumbline.market.SequenceRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What descriptions of messages have in common, whatever the format. */
final class MessageKeys {
    private static final List<Channel> CHANNELS =
            List.of(
                    Channel.TRADE,
                    Channel.AGG_TRADE,
                    Channel.BOOK_TICKER,
                    Channel.MARK_PRICE,
                    Channel.TICKER);

    private MessageKeys() {}

    /** The mappings of {@code messages}; one at least. */
    static List<Keys> messages(final Keys keys) {
        final List<Keys> messages = keys.maps("messages");
        if (messages.isEmpty()) {
            keys.problem("messages", "no message; describe one at least, see config/ for samples");
        }
        return messages;
    }

    static Channel channel(final Keys keys) {
        final Map<String, Channel> labels = new LinkedHashMap<>();
        CHANNELS.forEach(channel -> labels.put(channel.label(), channel));
        return keys.choice("channel", "channel of a provider", labels, null);
    }

    /** The numbers that a channel has; those of an unknown one are all that there are. */
    static List<FieldRole> numbers(final Channel channel) {
        if (channel == null) {
            final List<FieldRole> all = new ArrayList<>();
            for (final FieldRole role : FieldRole.values()) {
                if (role.isNumber()) {
                    all.add(role);
                }
            }
            return all;
        }
        switch (channel) {
            case BOOK_TICKER:
                return List.of(
                        FieldRole.BID, FieldRole.BID_SIZE, FieldRole.ASK, FieldRole.ASK_SIZE);
            case MARK_PRICE:
                return List.of(FieldRole.MARK, FieldRole.INDEX);
            default:
                return List.of(FieldRole.PRICE, FieldRole.SIZE);
        }
    }

    /** Reads symbol and numbers, each with {@code reader}, which answers null for an absent one. */
    static <F> Map<FieldRole, F> fields(
            final Keys keys, final Channel channel, final BiFunction<Keys, FieldRole, F> reader) {
        final Map<FieldRole, F> fields = new EnumMap<>(FieldRole.class);
        final F symbol = reader.apply(keys, FieldRole.SYMBOL);
        if (!keys.given(FieldRole.SYMBOL.label())) {
            keys.problem("symbol", "missing; say where the symbol stands");
        } else if (symbol != null) {
            fields.put(FieldRole.SYMBOL, symbol);
        }
        for (final FieldRole role : numbers(channel)) {
            final F field = reader.apply(keys, role);
            if (field != null) {
                fields.put(role, field);
            }
        }
        if (channel != null) {
            requireMain(keys, channel);
        }
        return fields;
    }

    private static void requireMain(final Keys keys, final Channel channel) {
        final List<String> main =
                numbers(channel).stream()
                        .filter(role -> EventFields.isMain(role, channel))
                        .map(FieldRole::label)
                        .toList();
        if (main.stream().noneMatch(keys::given)) {
            keys.problem(
                    "channel",
                    "a " + channel.label() + " needs " + String.join(" or ", main) + "; add it");
        }
    }

    static TimeForm unit(final Keys time) {
        return time.choice(
                "unit",
                "unit of time",
                ProviderReader.labelled(TimeForm.values(), TimeForm::label),
                null);
    }

    static SequenceRule rule(final Keys sequence) {
        final Map<String, SequenceRule> rules = new LinkedHashMap<>();
        rules.put("none", SequenceRule.NONE);
        rules.put("next", SequenceRule.CONTIGUOUS);
        rules.put("increasing", SequenceRule.INCREASING);
        rules.put("notDecreasing", SequenceRule.NOT_DECREASING);
        rules.put("chained", SequenceRule.CHAINED);
        final SequenceRule rule = sequence.choice("rule", "sequence rule", rules, null);
        if (rule == SequenceRule.CHAINED && !sequence.given("previous")) {
            sequence.problem("rule", "a chained sequence says what came before; add `previous`");
        } else if (rule != null && rule != SequenceRule.CHAINED && sequence.given("previous")) {
            sequence.problem(
                    "previous", "only the rule chained looks at it; write `rule: chained`");
        }
        return rule == null ? SequenceRule.NONE : rule;
    }
}
