package io.plumbline.app.http;

import java.util.List;

/**
 * One path and what it answers.
 *
 * @param path exact; one that ends with a slash takes all below it
 * @param purpose one sentence for the index page
 * @param parameters names of the query parameters that it takes
 */
record Route(String path, String purpose, List<String> parameters, Handler handler) {
    /** Makes the answer. Event loop: at once, without waiting for anything. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Query query) throws BadParameter;
    }
}
