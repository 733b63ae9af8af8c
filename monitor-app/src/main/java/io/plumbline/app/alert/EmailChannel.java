package io.plumbline.app.alert;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * One mail per alert by SMTP: beginning and end of a case stand in one thread, as both refer to its
 * episode. A 4xx answer of the server and every fault of the network is tried again, a 5xx is not.
 * The TLS certificate's name is checked. Slow and unwatched at night: never the only pager.
 */
public final class EmailChannel implements AlertChannel {
    private static final int SUBJECT_CODE_POINTS = 140;
    private static final int PER_MINUTE = 30;

    /** How the connection is encrypted. */
    public enum Encryption {
        /** TLS by STARTTLS, required. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** None: a relay on the same machine. */
        NONE
    }

    /**
     * Where and as whom.
     *
     * @param user "" to send without logging in
     * @param password a secret
     * @param from one address
     * @param to at least one address
     */
    public record Server(
            String host,
            int port,
            Encryption encryption,
            String user,
            String password,
            String from,
            List<String> to) {
        public Server {
            to = List.copyOf(to);
        }

        @Override
        public String toString() {
            return host + ':' + port;
        }
    }

    private final String name;
    private final Server server;
    private final Session session;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final Redaction redaction;
    private volatile Transport running;

    /**
     * @param timeoutNs for the connection, and again for every answer
     * @throws IllegalArgumentException naming an address that is none
     */
    public EmailChannel(final String name, final Server server, final long timeoutNs) {
        this.name = name;
        this.server = server;
        from = address(server.from());
        to = server.to().stream().map(EmailChannel::address).toArray(InternetAddress[]::new);
        session = Session.getInstance(properties(server, timeoutNs));
        redaction = new Redaction(List.of(server.password()));
    }

    /**
     * @throws IllegalArgumentException where it is no address of one mailbox
     */
    public static InternetAddress address(final String text) {
        try {
            final InternetAddress address = new InternetAddress(text, true);
            address.validate();
            return address;
        } catch (final AddressException e) {
            throw new IllegalArgumentException("is no mail address: " + e.getMessage(), e);
        }
    }

    private static Properties properties(final Server server, final long timeoutNs) {
        final String timeoutMs = Long.toString(TimeUnit.NANOSECONDS.toMillis(timeoutNs) + 1);
        final Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.connectiontimeout", timeoutMs);
        properties.put("mail.smtp.timeout", timeoutMs);
        properties.put("mail.smtp.writetimeout", timeoutMs);
        properties.put("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (server.encryption()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int attemptsPerMinute() {
        return PER_MINUTE;
    }

    @Override
    public Delivery deliver(final Alert alert, final byte[] body) {
        try (Transport transport = session.getTransport()) {
            running = transport;
            final String user = server.user().isEmpty() ? null : server.user();
            transport.connect(server.host(), server.port(), user, server.password());
            final MimeMessage message = message(alert, body);
            transport.sendMessage(message, message.getAllRecipients());
            return Delivery.delivered();
        } catch (final MessagingException e) {
            return failed(e);
        } finally {
            running = null;
        }
    }

    private MimeMessage message(final Alert alert, final byte[] body) throws MessagingException {
        final MimeMessage message = new Threaded(session, alert.id());
        message.setFrom(from);
        message.setRecipients(MimeMessage.RecipientType.TO, to);
        final String over = alert.action() == Alert.Action.RESOLVE ? "[resolved] " : "";
        message.setSubject(
                cut(over + '[' + alert.severity() + "] " + alert.kind() + ' ' + alert.summary()),
                StandardCharsets.UTF_8.name());
        message.setSentDate(new Date(TimeUnit.NANOSECONDS.toMillis(alert.atNs())));
        message.setHeader("References", '<' + alert.episode() + "@plumbline>");
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(
                alert.summary()
                        + "\n\nkind      "
                        + alert.kind()
                        + "\nseverity  "
                        + alert.severity()
                        + "\ncase      "
                        + alert.dedupKey()
                        + "\nsince     "
                        + AlertJson.time(alert.sinceNs())
                        + "\ntold      "
                        + AlertJson.time(alert.atNs())
                        + "\n\n"
                        + new String(body, StandardCharsets.UTF_8)
                        + '\n',
                StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private static String cut(final String text) {
        final String line = text.replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= SUBJECT_CODE_POINTS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SUBJECT_CODE_POINTS - 1)) + '…';
    }

    private Delivery failed(final MessagingException failure) {
        final String reason = redaction.of(said(failure));
        return permanent(failure) ? Delivery.refused(reason) : Delivery.retry(0, reason);
    }

    private static String said(final MessagingException failure) {
        final Exception next = failure.getNextException();
        final String text = failure.getMessage() + (next == null ? "" : ": " + next.getMessage());
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Whether the server said 5xx, to us or to the address. */
    private static boolean permanent(final MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return true;
        }
        int code = 0;
        if (failure instanceof SMTPSendFailedException refused) {
            code = refused.getReturnCode();
        } else if (failure instanceof SendFailedException some) {
            for (Exception next = some.getNextException();
                    next instanceof MessagingException;
                    next = ((MessagingException) next).getNextException()) {
                if (next instanceof SMTPAddressFailedException address) {
                    code = Math.max(code, address.getReturnCode());
                }
            }
        }
        return code >= 500;
    }

    @Override
    public void close() {
        final Transport now = running;
        if (now != null) {
            try {
                now.close();
            } catch (final MessagingException closing) {
                // It was to end, and it has.
                running = null;
            }
        }
    }

    @Override
    public String toString() {
        return name + " (mail by " + server + ')';
    }

    /** Keeps the alert's id as its Message-ID: a repeated delivery is the same mail. */
    private static final class Threaded extends MimeMessage {
        private final String id;

        Threaded(final Session session, final String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", '<' + id + "@plumbline>");
        }
    }
}
