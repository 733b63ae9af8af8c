package io.plumbline.app.config;

/** Reads one type of value from its text. */
@FunctionalInterface
interface ValueReader<T> {
    /** The value; throws {@link BadValue} with what is wrong and the remedy. */
    T read(String text);
}
