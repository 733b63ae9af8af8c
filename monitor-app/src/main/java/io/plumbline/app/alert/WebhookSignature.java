package io.plumbline.app.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Standard Webhooks says: {@code v1,} and the base64 of HMAC-SHA256 over {@code
 * id.timestamp.body}. Any thread.
 */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    /**
     * @param secret {@code whsec_} and base64, or anything else, which is then the key itself
     */
    WebhookSignature(final String secret) {
        key = new SecretKeySpec(keyBytes(secret), ALGORITHM);
    }

    private static byte[] keyBytes(final String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the webhook secret is empty");
        }
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        byte[] decoded = new byte[0];
        try {
            decoded = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (final IllegalArgumentException e) {
            // The decoder's message may show part of the secret: it is dropped, ours is thrown.
            decoded = new byte[0];
        }
        if (decoded.length == 0) {
            throw new IllegalArgumentException(
                    "the webhook secret begins with whsec_, but what follows is not base64");
        }
        return decoded;
    }

    /** The header's value. */
    String sign(final String id, final long timestampSeconds, final byte[] body) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + '.' + timestampSeconds + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
