package io.plumbline.app.http;

import java.io.IOException;

/** The port is taken by another process: the message names it and the remedy. */
public final class PortInUse extends IOException {
    private static final long serialVersionUID = 1L;

    PortInUse(final String address, final int port, final Throwable cause) {
        super(
                "port "
                        + port
                        + " on "
                        + address
                        + " is in use: choose another with http.port (the demo: --http-port)",
                cause);
    }
}
