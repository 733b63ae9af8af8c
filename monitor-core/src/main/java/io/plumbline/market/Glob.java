package io.plumbline.market;

/** Names described by a pattern: {@code *} stands for any characters, {@code ?} for one. */
public final class Glob {
    private Glob() {}

    /** Whether {@code text} is what {@code glob} describes; takes no longer than their product. */
    public static boolean matches(final String glob, final String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int from = 0;
        while (in < text.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                from = in;
            } else if (at < glob.length()
                    && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++from;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
