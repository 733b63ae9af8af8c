package io.plumbline.app.config;

/** Text as a YAML scalar that loads to itself. */
public final class YamlText {
    private YamlText() {}

    /** In double quotes, nothing in it left to be taken for more than text. */
    public static String quoted(final String text) {
        final StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        Interpolation.escape(text)
                .codePoints()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                out.append('\\').appendCodePoint(c);
                            } else if (Character.isISOControl(c)) {
                                out.append(String.format("\\u%04x", c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        });
        return out.append('"').toString();
    }
}
