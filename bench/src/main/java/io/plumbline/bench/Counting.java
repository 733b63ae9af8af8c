package io.plumbline.bench;

/** A number inside a frame that counts on from message to message, in place. */
public final class Counting {
    private final byte[] bytes;
    private final int lastDigit;
    private final int step;

    /**
     * @param before what stands directly before the number
     * @param step what is added each time, below ten
     * @param place which digit it is added to, counted from the right
     */
    public Counting(final byte[] bytes, final String before, final int step, final int place) {
        this.bytes = bytes;
        this.step = step;
        int at = World.text(bytes).indexOf(before) + before.length();
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        lastDigit = at - 1 - place;
    }

    public void next() {
        int at = lastDigit;
        int carry = step;
        while (carry > 0) {
            final int digit = bytes[at] + carry;
            carry = digit > '9' ? 1 : 0;
            bytes[at--] = (byte) (carry > 0 ? digit - 10 : digit);
        }
    }
}
