package io.plumbline.app.http;

/**
 * One thing that must be so, or had better be so, for the monitor to do its work; looked at when it
 * starts.
 *
 * @param name what is looked at
 * @param found what was found, one sentence
 * @param remedy what to do, "" where nothing is to be done
 */
public record Prerequisite(String name, Result result, String found, String remedy) {
    /** How it is. */
    public enum Result {
        OK,
        /** It works, and not as well as it could. */
        WARN,
        /** It does not work. */
        FAIL,
        /** It was not or could not be looked at. */
        UNKNOWN
    }

    static final Shape SHAPE =
            Shape.object()
                    .text("name", "What is looked at when the monitor starts.")
                    .text("result", "OK, WARN, FAIL or UNKNOWN.")
                    .text("found", "")
                    .text("remedy", "Empty where nothing is to be done.");

    void append(final Json json) {
        json.open()
                .field("name", name)
                .field("result", result.name())
                .field("found", found)
                .field("remedy", remedy)
                .close();
    }
}
