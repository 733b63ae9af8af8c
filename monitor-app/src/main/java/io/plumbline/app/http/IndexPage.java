package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** {@code /}: the routes and the health for a person with a browser; no script, no style. */
final class IndexPage {
    static final Content PAGE = Content.of("text/html; charset=utf-8", "Health and every route.");

    private final MonitorView view;
    private final Routes routes;

    IndexPage(final MonitorView view, final Routes routes) {
        this.view = view;
        this.routes = routes;
    }

    Answer answer(final Query query) {
        final Health health = view.health();
        final StringBuilder html = new StringBuilder(2_048);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
                .append("<title>Plumbline</title></head>\n<body>\n<h1>Plumbline ");
        escape(html, health.version());
        html.append("</h1>\n<p>").append(health.status().name()).append("</p>\n<ul>\n");
        for (final String reason : health.reasons()) {
            escape(html.append("<li>"), reason);
            html.append("</li>\n");
        }
        html.append("</ul>\n<table>\n");
        for (final Route route : routes.all()) {
            html.append("<tr><td><a href=\"").append(route.path()).append("\">");
            html.append(route.path()).append("</a></td><td>");
            escape(html, route.purpose());
            if (!route.parameters().isEmpty()) {
                html.append(" Takes ").append(String.join(", ", route.names())).append('.');
            }
            html.append("</td></tr>\n");
        }
        for (final Order order : routes.orders()) {
            html.append("<tr><td>POST ").append(order.template());
            escape(html.append("</td><td>"), order.purpose());
            html.append(" Takes the token of http.token.</td></tr>\n");
        }
        html.append("</table>\n</body>\n</html>\n");
        return Answer.text(HttpResponseStatus.OK, PAGE.type(), html.toString());
    }

    /** Appends {@code text} so that no character of it means anything to HTML. */
    static void escape(final StringBuilder html, final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }
}
