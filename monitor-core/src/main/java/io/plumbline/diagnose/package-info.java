/**
 * What a wrong value is instead of the price that it should be: the boundary that broke. Engine
 * thread.
 *
 * <pre>
 *   market: References (versions of every subscribed field), RecentValues (whose value is this?)
 *      │
 *   WrongValue ─▶ Diagnosis: Explainers, one way of breaking each, in the order of Cause
 *                     OtherField ▸ SameCoin (other market, other venue) ▸ OtherInstrument ▸ Scaled
 *                     ▸ Inverted ▸ FloatNoise ▸ Truncated ▸ OlderValue ▸ SameCoin, OtherCurrency
 *                     │ claims
 *                     ▼
 *                 Inquiry of the key: weighs them over its wrong values ─▶ Cause, or UNKNOWN
 *                                                                          │
 *                                                         detect: evidence ▼ of the finding
 * </pre>
 *
 * <p>A false explanation is worse than none. So an explanation is believed only when a coincidence
 * of one in a hundred thousand would have to be behind it: a long price at once, a short one after
 * some values that all agree.
 */
package io.plumbline.diagnose;
