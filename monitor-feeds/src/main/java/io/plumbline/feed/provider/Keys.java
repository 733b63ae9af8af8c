package io.plumbline.feed.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One mapping of a provider's description, as {@link ProviderReader} asks for its keys. Who holds
 * the text tells of wrong values, of missing keys, and of keys that nobody asked for, each with its
 * place; a stand-in is answered, so that reading goes on and finds the next problem. Cold path.
 */
public interface Keys {
    /** Whether the key has a value. */
    boolean given(String key);

    /** The text of {@code key}, {@code fallback} (may be null) when it is absent. */
    String text(String key, String fallback);

    /** The text of a key that must be there; "" where it is not. */
    String required(String key, String example);

    int integer(String key, int fallback, int least, int most);

    boolean bool(String key, boolean fallback);

    /**
     * A length of time.
     *
     * @param fallback may be null
     */
    Duration duration(String key, Duration fallback, String least, String most);

    /** A WebSocket address that must be there; null where it is not, or is none. */
    URI address(String key);

    /**
     * One of the labels of {@code options}.
     *
     * @param what names such a value in a message
     * @param fallback for an absent key; null where the key must be there
     */
    <T> T choice(String key, String what, Map<String, T> options, T fallback);

    /** The mapping of {@code key}, an empty one when it is absent. */
    Keys map(String key);

    /** The mappings in the list of {@code key}. */
    List<Keys> maps(String key);

    /** The texts in the list of {@code key}. */
    List<String> texts(String key);

    /** All keys of the mapping of {@code key}, which may be any, with their texts, in order. */
    Map<String, String> entries(String key);

    /** Tells what is wrong with {@code key}, or with the mapping where it is absent. */
    void problem(String key, String text);
}
