package io.plumbline.app.alert;

import java.util.List;

/** Takes secrets out of what others said before it is shown to anyone. Any thread. */
final class Redaction {
    /** Shorter secrets are no secrets, and would blank out ordinary words. */
    static final int SHORTEST = 4;

    private final List<String> secrets;

    Redaction(final List<String> secrets) {
        this.secrets =
                secrets.stream()
                        .filter(secret -> secret.length() >= SHORTEST)
                        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                        .toList();
    }

    String of(final String text) {
        String clean = text;
        for (final String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    @Override
    public String toString() {
        return "***";
    }
}
