package io.plumbline.app.http;

import java.util.function.Consumer;

/**
 * A path where something may be changed by POST.
 *
 * @param path exact; where {@code suffix} is given, what the path begins with
 * @param suffix what the path ends with, after the name of what is to be changed; "" for none
 * @param purpose one sentence for the index page and the OpenAPI document
 * @param subject what stands between path and suffix, else null
 * @param body the JSON object that is sent
 * @param done the status that says that it was done
 */
record Order(
        String path,
        String suffix,
        String purpose,
        Parameter subject,
        Shape body,
        int done,
        Handler handler) {
    /**
     * Takes the order. Event loop: at once, without waiting for anything; the answer may come
     * later, on any thread.
     */
    @FunctionalInterface
    interface Handler {
        /**
         * @param name what stands between path and suffix, decoded; "" where there is none
         */
        void take(String name, byte[] body, Consumer<Answer> reply) throws BadParameter;
    }

    /** Whether a request's path, as it was sent, is meant. */
    boolean takes(final String sent) {
        return suffix.isEmpty()
                ? sent.equals(path)
                : sent.length() > path.length() + suffix.length()
                        && sent.startsWith(path)
                        && sent.endsWith(suffix);
    }

    /** The path with a name for what is to be changed. */
    String template() {
        return subject == null ? path : path + '{' + subject.name() + '}' + suffix;
    }

    /** What is to be changed, by the request's path. */
    String name(final String sent) throws BadParameter {
        return suffix.isEmpty()
                ? ""
                : Query.decoded(sent.substring(path.length(), sent.length() - suffix.length()));
    }
}
