package io.plumbline.inbound;

/**
 * Told of what escaped from a consumer's handler, on the consumer's thread. The fault is already
 * counted, the message passed over, and the consumer goes on when the call returns.
 */
public interface ConsumerFaults {
    /** An exception (or a failed assertion): this message was not handled to its end. */
    void onFault(String role, Throwable thrown);

    /**
     * An {@link Error}: memory ran out or a class is broken, and nothing that this process says can
     * be trusted any longer. The composition root halts it with an exit code, so that its
     * supervisor starts a fresh one.
     */
    void onFatal(String role, Error error);
}
