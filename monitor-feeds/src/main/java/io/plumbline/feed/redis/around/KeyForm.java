package io.plumbline.feed.redis.around;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A family of keys that differ in one part: {@code pms:risk:{subAccountId}}. */
public final class KeyForm {
    private static final Pattern PART = Pattern.compile("\\{[A-Za-z]\\w*}");

    private final String before;
    private final String after;
    private final boolean open;

    /**
     * @param form without a part in braces it is one key
     */
    public KeyForm(final String form) {
        final Matcher part = PART.matcher(form);
        open = part.find();
        before = open ? form.substring(0, part.start()) : form;
        after = open ? form.substring(part.end()) : "";
    }

    /** Whether it has a part in braces. */
    public boolean isOpen() {
        return open;
    }

    /** The key of this id. */
    public String key(final String id) {
        return open ? before + id + after : before;
    }

    /** The glob that matches all of them. */
    String glob() {
        return escape(before) + (open ? "*" : "") + escape(after);
    }

    /** The glob that matches exactly this text. */
    static String escape(final String text) {
        final StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if ("*?[]\\^".indexOf(text.charAt(i)) >= 0) {
                out.append('\\');
            }
            out.append(text.charAt(i));
        }
        return out.toString();
    }
}
