package io.plumbline.feed.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Whom we believe to be our Redis: certificate and host name are checked, always. */
final class Authorities {
    /** The form in which Jedis takes them; it never leaves this process. */
    private static final String FORM = "PKCS12";

    private static final char[] NO_SECRET = "public".toCharArray();

    private Authorities() {}

    /**
     * Reads the file at every connect, so that a renewed one needs no restart.
     *
     * @param certificates PEM file of the authorities to trust; null for the JDK's
     * @throws JedisConnectionException where it cannot be read or holds no certificate
     */
    static SslOptions options(final Path certificates) {
        if (certificates == null) {
            return SslOptions.defaults();
        }
        try (InputStream in = Files.newInputStream(certificates)) {
            final KeyStore store = KeyStore.getInstance(FORM);
            store.load(null, null);
            for (final Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), each);
            }
            if (store.size() == 0) {
                throw new IOException("it holds no certificate");
            }
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_SECRET);
            final byte[] whole = bytes.toByteArray();
            return SslOptions.builder()
                    .trustStoreType(FORM)
                    .truststore(() -> new ByteArrayInputStream(whole), NO_SECRET)
                    .build();
        } catch (final IOException | GeneralSecurityException e) {
            throw new JedisConnectionException(
                    "the trusted certificates in "
                            + certificates
                            + " cannot be read; give a readable PEM file ("
                            + e.getMessage()
                            + ")");
        }
    }
}
