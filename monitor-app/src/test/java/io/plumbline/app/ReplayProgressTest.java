package io.plumbline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReplayProgressTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldSayHowFarHowFastAndHowLong() {
        assertEquals(
                " 25% [######------------------] 1,000,000 messages, 500,000/s, 250 MB/s, 6 s left",
                ReplayProgress.line("", 500_000_000L, 2_000_000_000L, 1_000_000, 2 * SECOND_NS));
        assertEquals(
                "2/2 100% [########################] 7 messages, 7/s, 0 MB/s, 0 s left",
                ReplayProgress.line("2/2 ", 10, 10, 7, SECOND_NS));
    }

    @Test
    void shouldStayBoundedWhateverTheFileDoes() {
        assertEquals(
                "  0% [------------------------] 1 messages, 1/s, 0 MB/s, ? left",
                ReplayProgress.line("", 0, 0, 1, SECOND_NS));
        assertEquals(
                "  1% [------------------------] 1 messages, 0/s, 0 MB/s, 2:45 h left",
                ReplayProgress.line("", 1, 100, 1, 100 * SECOND_NS));
        assertEquals(
                "100% [########################] 1 messages, 1/s, 0 MB/s, 0 s left",
                ReplayProgress.line("", 50, 10, 1, SECOND_NS));
    }
}
