package io.plumbline.feed.redis;

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

    /** The id of this key, null when it is not one of them. */
    public String id(final String key) {
        return open
                        && key.length() > before.length() + after.length()
                        && key.startsWith(before)
                        && key.endsWith(after)
                ? key.substring(before.length(), key.length() - after.length())
                : null;
    }

    /** The glob that matches all of them. */
    public String glob() {
        return KeyPattern.escaped(before) + (open ? "*" : "") + KeyPattern.escaped(after);
    }
}
