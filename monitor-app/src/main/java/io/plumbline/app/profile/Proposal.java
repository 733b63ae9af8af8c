package io.plumbline.app.profile;

import io.plumbline.app.config.Config;
import io.plumbline.app.config.Durations;
import io.plumbline.app.config.RedisConfig;
import io.plumbline.app.config.YamlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rules for what was seen, as the {@code redis} part of a configuration, with the evidence beside
 * each as comments; and what no rule can be proposed for, with what was tried.
 */
public final class Proposal {
    /** Keys without a rule that are written out; the others are counted. */
    private static final int MOST_TOLD = 200;

    private final Config asked;
    private final Map<String, List<ProposedRule>> rules = new LinkedHashMap<>();
    private final List<String> without = new ArrayList<>();
    private int keys;

    /**
     * @param asked names every symbol
     * @param plan what was watched
     * @param likeness what was seen, once the engine has stopped
     */
    public Proposal(final Config asked, final ProfilePlan plan, final Likeness likeness) {
        this.asked = asked;
        final Map<String, List<KeyProfile>> byKey =
                likeness.profiles().stream()
                        .collect(
                                Collectors.groupingBy(
                                        profile -> profile.redis() + '\n' + profile.key(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        final Map<String, List<KeyProfile>> bySameRule = new LinkedHashMap<>();
        for (final List<KeyProfile> formats : byKey.values()) {
            final KeyProfile chosen = chosen(formats);
            if (chosen.best() == null) {
                without.add(unmatched(chosen, formats.size()));
            } else {
                bySameRule
                        .computeIfAbsent(ProposedRule.kind(chosen, asked), k -> new ArrayList<>())
                        .add(chosen);
            }
        }
        bySameRule
                .values()
                .forEach(
                        same -> {
                            final ProposedRule rule = new ProposedRule(same, asked);
                            keys += same.size();
                            rules.computeIfAbsent(rule.redis(), name -> new ArrayList<>())
                                    .add(rule);
                        });
        rules.values().forEach(Writers::name);
        plan.unread().forEach(u -> without.add(u.redis() + " " + u.key() + ": " + u.why()));
    }

    /** The format under which the key fits a price best; where none does, the first. */
    private static KeyProfile chosen(final List<KeyProfile> formats) {
        return formats.stream()
                .filter(profile -> profile.best() != null)
                .max(Comparator.comparingInt(profile -> profile.best().share()))
                .orElse(formats.get(0));
    }

    private static String unmatched(final KeyProfile key, final int formats) {
        final StringBuilder text =
                new StringBuilder(key.redis()).append(' ').append(key.key()).append(": ");
        text.append(key.type()).append(", read as ").append(key.format());
        if (formats > 1) {
            text.append(" and ").append(formats - 1).append(" more");
        }
        text.append("; ");
        if (key.writes() == 0) {
            return text.append("not written while it was watched").toString();
        }
        text.append(key.writes()).append(" values compared with ").append(key.tried());
        if (key.matches().isEmpty()) {
            return text.append(" prices, equal to none").toString();
        }
        final KeyProfile.Match nearest = key.matches().get(0);
        return text.append(" prices; nearest ")
                .append(nearest.instrument().venue())
                .append(' ')
                .append(nearest.instrument().symbol())
                .append(' ')
                .append(nearest.field().label())
                .append(", equal in ")
                .append(nearest.exact() + nearest.near())
                .append(" of ")
                .append(nearest.judged())
                .append(nearest.judged() < KeyProfile.FEWEST ? ": too few to tell" : "")
                .toString();
    }

    /** Keys that a rule is proposed for. */
    public int keys() {
        return keys;
    }

    /** Keys that none is proposed for. */
    public int keysWithout() {
        return without.size();
    }

    /** The text: YAML that loads, beside the venues that it was made with. */
    public String toYaml() {
        final StringBuilder out = new StringBuilder();
        if (!rules.isEmpty()) {
            out.append("redis:\n");
        }
        for (final RedisConfig server : asked.redis()) {
            final List<ProposedRule> own = rules.get(server.name());
            if (own != null) {
                out.append("  - name: ").append(YamlText.quoted(server.name())).append('\n');
                out.append("    ").append(server.place().toYaml());
                out.append("  # and user, password, rung as they were\n    keys:\n");
                own.forEach(rule -> rule.append(out));
            }
        }
        if (!without.isEmpty()) {
            out.append("# No rule for ")
                    .append(without.size())
                    .append(without.size() == 1 ? " key:\n" : " keys:\n");
            without.stream()
                    .limit(MOST_TOLD)
                    .forEach(line -> out.append("#   ").append(oneLine(line)).append('\n'));
            if (without.size() > MOST_TOLD) {
                out.append("#   and ").append(without.size() - MOST_TOLD).append(" more\n");
            }
        }
        return out.toString();
    }

    static String oneLine(final String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String time(final long ns) {
        return Durations.print(Duration.ofMillis(ns / 1_000_000));
    }
}
