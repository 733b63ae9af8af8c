package io.plumbline.feed.websocket;

/** The sending side of one connection, as the session sees it. Event loop only; nothing waits. */
interface Wire {
    /** Sends a text message. */
    void text(String message);

    /** Sends a ping. */
    void ping();

    /** Answers the venue's ping with its own payload. */
    void pong(byte[] payload);

    /** Says goodbye with this WebSocket status where it still can, then closes; never waits. */
    void close(int status);
}
