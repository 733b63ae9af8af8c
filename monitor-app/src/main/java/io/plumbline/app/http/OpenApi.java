package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * {@code /api/openapi.json}: the routes as an OpenAPI 3.1 document, made of the routes themselves,
 * so that it cannot say anything else than they do. Event loop only.
 */
final class OpenApi {
    /** Every refusal. */
    static final Shape ERROR =
            Shape.object().text("error", "One sentence; repeats nothing of what was sent.");

    /** The answer to what was changed. */
    static final Shape DONE =
            Shape.object().flag("done", "").text("id", "Of what was begun.").optional();

    /** The document itself is described by its own standard. */
    static final Shape DOCUMENT =
            Shape.object()
                    .text("openapi", "The version of the standard.")
                    .object("info", "", Shape.object().andOthers())
                    .object("paths", "By path, then by method.", Shape.object().andOthers());

    private final MonitorView view;
    private final Routes routes;
    private Answer made;

    OpenApi(final MonitorView view, final Routes routes) {
        this.view = view;
        this.routes = routes;
    }

    Answer answer(final Query query) {
        if (made == null) {
            made = Answer.json(HttpResponseStatus.OK, document());
        }
        return made;
    }

    private Json document() {
        final Json json = new Json().open().field("openapi", "3.1.0");
        json.name("info")
                .open()
                .field("title", "Plumbline")
                .field("version", view.health().version())
                .field(
                        "description",
                        "Streaming market-data integrity monitor. Times are RFC 3339 in UTC, "
                                + "prices decimal strings, units stand in the names; null is what"
                                + " is not known or not there.")
                .close();
        json.name("paths").open();
        for (final Route route : routes.all()) {
            json.name(route.template()).open();
            get(json, route);
            final Order order = routes.order(route.path());
            if (order != null) {
                post(json, order);
            }
            json.close();
        }
        for (final Order order : routes.orders()) {
            if (order.subject() != null) {
                post(json.name(order.template()).open(), order);
                json.close();
            }
        }
        return json.close().close();
    }

    private static void post(final Json json, final Order order) {
        json.name("post").open();
        json.field("operationId", id("post", order.template()));
        json.field("summary", order.purpose() + " Takes the token of http.token as bearer.");
        json.name("parameters").openArray();
        if (order.subject() != null) {
            parameter(json, order.subject(), "path");
        }
        json.closeArray().name("requestBody").open();
        body(json, "application/json", order.body());
        json.name("responses").open().name(Integer.toString(order.done())).open();
        json.field("description", "It is done, and durable.");
        body(json, "application/json", DONE);
        json.name("default").open().field("description", "A refusal.");
        body(json, "application/json", ERROR);
        json.close().close();
    }

    private static void get(final Json json, final Route route) {
        json.name("get").open();
        json.field("operationId", id("get", route.template())).field("summary", route.purpose());
        json.name("parameters").openArray();
        if (route.below() != null) {
            parameter(json, route.below(), "path");
        }
        route.parameters().forEach(parameter -> parameter(json, parameter, "query"));
        json.closeArray().name("responses").open();
        json.name("200").open();
        final Content content = route.content();
        json.field("description", content.meaning().isEmpty() ? "The answer." : content.meaning());
        body(json, content.type(), content.shape());
        for (final Map.Entry<Integer, Shape> other : content.others().entrySet()) {
            json.name(other.getKey().toString()).open();
            json.field(
                    "description",
                    HttpResponseStatus.valueOf(other.getKey()).reasonPhrase()
                            + ": the body says"
                            + " why.");
            body(json, content.type(), other.getValue());
        }
        json.name("default").open().field("description", "A refusal.");
        body(json, "application/json", ERROR);
        json.close().close();
    }

    private static void body(final Json json, final String type, final Shape shape) {
        json.name("content").open().name(type).open();
        if (shape != null) {
            shape.append(json.name("schema").open());
            json.close();
        }
        json.close().close().close();
    }

    private static void parameter(final Json json, final Parameter parameter, final String in) {
        json.open()
                .field("name", parameter.name())
                .field("in", in)
                .field("description", parameter.meaning())
                .field("required", in.equals("path"))
                .field("example", parameter.example());
        json.name("schema").open().field("type", "string").close().close();
    }

    /** {@code getApiGateSymbol} of {@code /api/gate/{symbol}}. */
    private static String id(final String method, final String template) {
        final StringBuilder id = new StringBuilder(method);
        boolean upper = true;
        for (final char c : template.toCharArray()) {
            if (Character.isLetterOrDigit(c)) {
                id.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            } else {
                upper = true;
            }
        }
        return id.toString();
    }
}
