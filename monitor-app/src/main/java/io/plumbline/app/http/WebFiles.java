package io.plumbline.app.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The dashboard's files, out of the jar: a fixed list, read once, nothing by a name from outside.
 */
final class WebFiles {
    private static final String OURS = "/io/plumbline/app/http/web/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, Answer> byPath = new LinkedHashMap<>();
    private final Answer login;

    WebFiles() {
        login =
                Answer.bytes(
                        HttpResponseStatus.UNAUTHORIZED,
                        "text/html; charset=utf-8",
                        read(OURS + "login.html"));
        add("/", OURS + "index.html", "text/html; charset=utf-8");
        add("/web/icon.svg", OURS + "icon.svg", "image/svg+xml");
        add("/web/app.css", OURS + "app.css", "text/css; charset=utf-8");
        add("/web/app.js", OURS + "app.js", "text/javascript; charset=utf-8");
        add("/web/cases.js", OURS + "cases.js", "text/javascript; charset=utf-8");
        add("/web/charts.js", OURS + "charts.js", "text/javascript; charset=utf-8");
        add("/web/feeds.js", OURS + "feeds.js", "text/javascript; charset=utf-8");
        add("/web/login.js", OURS + "login.js", "text/javascript; charset=utf-8");
        add("/web/uplot.js", UPLOT + "uPlot.iife.min.js", "text/javascript; charset=utf-8");
        add("/web/uplot.css", UPLOT + "uPlot.min.css", "text/css; charset=utf-8");
    }

    /** The page that asks for the token; its status says that there is none yet. */
    Answer login() {
        return login;
    }

    private void add(final String path, final String resource, final String contentType) {
        byPath.put(path, Answer.bytes(HttpResponseStatus.OK, contentType, read(resource)));
    }

    private static byte[] read(final String resource) {
        try (InputStream in = WebFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this build");
            }
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    Answer file(final String path) {
        return byPath.get(path);
    }

    /** What it is, for the OpenAPI document. */
    Content content(final String path) {
        return Content.of(file(path).contentType(), "A file of the dashboard.");
    }

    /** The paths of all, the page first. */
    Iterable<String> paths() {
        return byPath.keySet();
    }
}
