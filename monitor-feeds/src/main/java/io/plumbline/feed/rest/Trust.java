package io.plumbline.feed.rest;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;

/** Whom we believe to be a venue: TLS 1.2 or later, certificate and host name checked, always. */
public final class Trust {
    private Trust() {}

    /**
     * Reads the file, so not for an event loop.
     *
     * @param certificates PEM file of the authorities to trust; null for the JDK's
     */
    public static SslContext context(final Path certificates) throws IOException {
        try {
            final SslContextBuilder builder =
                    SslContextBuilder.forClient()
                            .sslProvider(SslProvider.JDK)
                            .protocols("TLSv1.3", "TLSv1.2")
                            .endpointIdentificationAlgorithm("HTTPS");
            if (certificates != null) {
                builder.trustManager(certificates.toFile());
            }
            return builder.build();
        } catch (final IllegalArgumentException e) {
            throw new IOException(
                    "the trusted certificates in "
                            + certificates
                            + " cannot be read; give a readable PEM file ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }
}
