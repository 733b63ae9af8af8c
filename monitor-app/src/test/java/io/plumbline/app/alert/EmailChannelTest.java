package io.plumbline.app.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.plumbline.finding.Severity;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real mail server of another make, in this process. */
class EmailChannelTest {
    private static final long TIMEOUT_NS = 2_000_000_000L;

    private GreenMail mail;

    @BeforeEach
    void start() {
        final ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        mail = new GreenMail(setup.dynamicPort());
        mail.start();
        mail.setUser("plumbline", "canary-password");
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private EmailChannel channel(final int port, final String user, final String password) {
        return new EmailChannel(
                "mail",
                new EmailChannel.Server(
                        "127.0.0.1",
                        port,
                        EmailChannel.Encryption.NONE,
                        user,
                        password,
                        "plumbline@desk.example",
                        List.of("oncall@desk.example", "Second <second@desk.example>")),
                TIMEOUT_NS);
    }

    private static Alert alert(final Alert.Action action, final String summary) {
        return new Alert(
                "id-" + action.label(),
                action,
                "price|v|BTC/USDT|k",
                "e1",
                Severity.HIGH,
                "PRICE_WRONG",
                summary,
                "{}",
                1_700_000_000_000_000_000L,
                1_700_000_001_000_000_000L);
    }

    private static Delivery deliver(final AlertChannel channel, final Alert alert) {
        return channel.deliver(alert, AlertJson.bytes(alert));
    }

    @Test
    void mailsOfOneCaseStandInOneThread() throws Exception {
        final EmailChannel channel =
                channel(mail.getSmtp().getPort(), "plumbline", "canary-password");
        assertEquals(
                Delivery.delivered(),
                deliver(
                        channel,
                        alert(Alert.Action.TRIGGER, "żółć\r\nBcc: evil@x " + "é".repeat(200))));
        assertEquals(Delivery.delivered(), deliver(channel, alert(Alert.Action.RESOLVE, "over")));
        assertTrue(mail.waitForIncomingEmail(5_000, 4));
        final MimeMessage[] got = mail.getReceivedMessages();
        assertEquals(4, got.length, "two mails to two people");
        final MimeMessage first = got[0];
        assertEquals("<id-trigger@plumbline>", first.getMessageID());
        assertEquals("<e1@plumbline>", first.getHeader("References")[0]);
        assertEquals("<e1@plumbline>", got[3].getHeader("References")[0]);
        assertEquals("<id-resolve@plumbline>", got[3].getMessageID());
        assertTrue(first.getSubject().startsWith("[HIGH] PRICE_WRONG żółć Bcc: evil@x é"));
        assertEquals(140, first.getSubject().length());
        assertEquals(2, first.getAllRecipients().length, "no header was smuggled in");
        assertTrue(got[3].getSubject().startsWith("[resolved] [HIGH] PRICE_WRONG over"));
        final String text = (String) first.getContent();
        assertTrue(text.contains("since     2023-11-14T22:13:20.000000000Z"), text);
        assertTrue(text.contains("\"dedupKey\":\"price|v|BTC/USDT|k\""), text);
    }

    @Test
    void whatGoesWrongIsRetriedOrNot() throws IOException {
        final int port = mail.getSmtp().getPort();
        final Delivery denied = deliver(channel(port, "plumbline", "canary-wrong"), any());
        assertEquals(Delivery.Outcome.REFUSED, denied.outcome());
        assertFalse(denied.toString().contains("canary"), denied.toString());
        final int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertEquals(Delivery.Outcome.RETRY, deliver(channel(closed, "", ""), any()).outcome());
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final EmailChannel patient =
                    new EmailChannel(
                            "mail",
                            new EmailChannel.Server(
                                    "127.0.0.1",
                                    mute.getLocalPort(),
                                    EmailChannel.Encryption.STARTTLS,
                                    "",
                                    "",
                                    "a@b.example",
                                    List.of("c@d.example")),
                            100_000_000L);
            assertEquals(Delivery.Outcome.RETRY, deliver(patient, any()).outcome());
        }
    }

    /** A server that offers no STARTTLS gets neither the password nor the mail. */
    @Test
    void encryptionIsNotNegotiatedAway() {
        final EmailChannel channel =
                new EmailChannel(
                        "mail",
                        new EmailChannel.Server(
                                "127.0.0.1",
                                mail.getSmtp().getPort(),
                                EmailChannel.Encryption.STARTTLS,
                                "plumbline",
                                "canary-password",
                                "a@b.example",
                                List.of("c@d.example")),
                        TIMEOUT_NS);
        assertEquals(Delivery.Outcome.RETRY, deliver(channel, any()).outcome());
        assertEquals(0, mail.getReceivedMessages().length);
    }

    @Test
    void addressesAreChecked() {
        final String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EmailChannel.address("not an address"))
                        .getMessage();
        assertTrue(said.startsWith("is no mail address: "), said);
        assertEquals("mail (mail by 127.0.0.1:25)", channel(25, "u", "canary").toString());
    }

    private static Alert any() {
        return alert(Alert.Action.TRIGGER, "any");
    }
}
