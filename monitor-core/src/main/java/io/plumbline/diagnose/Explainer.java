package io.plumbline.diagnose;

/**
 * One way in which prices break at the seams between systems. It says what a value could be; {@link
 * Inquiry} weighs that and believes nothing at the first sight. Engine thread, only for values that
 * are wrong: bounded work, nothing allocated.
 */
interface Explainer {
    /** Puts everything that this way of breaking makes of the value into {@code out}. */
    void explain(WrongValue wrong, Inquiry out);
}
