package io.plumbline.app.http;

import java.util.List;

/**
 * One path and what it answers.
 *
 * @param path exact; one that ends with a slash takes all below it
 * @param purpose one sentence for the index page and the OpenAPI document
 * @param parameters those of the query
 * @param below what stands below a path that ends with a slash, else null
 * @param content what it answers with
 */
record Route(
        String path,
        String purpose,
        List<Parameter> parameters,
        Parameter below,
        Content content,
        Handler handler) {
    /** Makes the answer. Event loop: at once, without waiting for anything. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Query query) throws BadParameter;
    }

    /** The names of the query parameters that it takes. */
    List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** The path with a name for what stands below it: {@code /api/gate/{symbol}}. */
    String template() {
        return below == null ? path : path + '{' + below.name() + '}';
    }
}
