package io.plumbline.app;

import io.plumbline.feed.sim.PriceCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

/** How honest price servers write their keys: all of them right, none of them alike. */
enum WritingStyle {
    /** SET without a life, where none is expected. */
    PLAIN(false) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            try (Pipeline pipeline = redis.pipelined()) {
                batch.forEach(each -> pipeline.set(key(each), each.value()));
            }
        }
    },
    /** SET with a life; only the last price of every tenth of a second. */
    CONFLATED(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            for (final PriceCommand each : WritingStyle.lastOfEach(batch)) {
                redis.set(key(each), each.value(), SetParams.setParams().px(each.ttlMs()));
            }
        }

        @Override
        long gathersMs() {
            return 100;
        }
    },
    /** SET KEEPTTL, the life renewed beside it. */
    KEPT(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            try (Pipeline pipeline = redis.pipelined()) {
                for (final PriceCommand each : batch) {
                    pipeline.set(key(each), each.value(), SetParams.setParams().keepTtl());
                    pipeline.pexpire(key(each), each.ttlMs());
                }
            }
        }
    },
    /** A temporary key, renamed over the real one. */
    RENAMED(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            for (final PriceCommand each : batch) {
                final String temporary = "temporary:" + key(each);
                redis.set(temporary, each.value(), SetParams.setParams().px(each.ttlMs()));
                redis.rename(temporary, key(each));
            }
        }
    },
    /** MSET of whatever gathered in 20 ms; it knows no life. */
    MANY(false) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            final List<String> words = new ArrayList<>();
            for (final PriceCommand each : WritingStyle.lastOfEach(batch)) {
                words.add(key(each));
                words.add(each.value());
            }
            redis.mset(words.toArray(new String[0]));
        }

        @Override
        long gathersMs() {
            return 20;
        }
    },
    /** A script that sets them all. */
    SCRIPTED(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            final List<PriceCommand> last = WritingStyle.lastOfEach(batch);
            final List<String> arguments = new ArrayList<>();
            last.forEach(each -> arguments.add(each.value()));
            arguments.add(Long.toString(last.get(0).ttlMs()));
            redis.eval(SCRIPT, last.stream().map(this::key).toList(), arguments);
        }

        @Override
        long gathersMs() {
            return 20;
        }
    },
    /** MULTI, SET, PEXPIRE, EXEC: for a moment inside of it a key has no life. */
    TRANSACTED(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            for (final PriceCommand each : batch) {
                try (AbstractTransaction transaction = redis.multi()) {
                    transaction.set(key(each), each.value());
                    transaction.pexpire(key(each), each.ttlMs());
                    transaction.exec();
                }
            }
        }
    },
    /** A hash with the price among its fields. */
    HASHED(true) {
        @Override
        void write(final Jedis redis, final List<PriceCommand> batch) {
            for (final PriceCommand each : batch) {
                redis.hset(
                        key(each),
                        Map.of("price", each.value(), "ts", Long.toString(each.stampMs())));
                redis.pexpire(key(each), each.ttlMs());
            }
        }

        @Override
        String format() {
            return "hash:price";
        }
    };

    private static final String SCRIPT =
            "for i, key in ipairs(KEYS) do"
                    + " redis.call('SET', key, ARGV[i], 'PX', ARGV[#ARGV]) end"
                    + " return #KEYS";

    private final boolean lives;

    WritingStyle(final boolean lives) {
        this.lives = lives;
    }

    /** Writes a batch in its order. */
    abstract void write(Jedis redis, List<PriceCommand> batch);

    /** For how long prices gather before they are written. */
    long gathersMs() {
        return 0;
    }

    String format() {
        return "plain";
    }

    /** Whether its keys have a life. */
    boolean lives() {
        return lives;
    }

    /** The key's name with {@code symbol}, or {@code {symbol}}, in it. */
    String key(final String symbol) {
        return name().toLowerCase(Locale.ROOT) + ":price:" + symbol;
    }

    /** A writer of these styles is given the symbol as the key. */
    final String key(final PriceCommand command) {
        return key(command.key());
    }

    private static List<PriceCommand> lastOfEach(final List<PriceCommand> batch) {
        final Map<String, PriceCommand> last = new java.util.LinkedHashMap<>();
        batch.forEach(each -> last.put(each.key(), each));
        return List.copyOf(last.values());
    }
}
