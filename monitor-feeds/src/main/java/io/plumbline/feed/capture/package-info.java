/**
 * Other people's recordings, in and out: whatever the format, a stream of what was received, when,
 * and on which connection. Cold path, one thread per reader; content never throws, it is counted.
 */
package io.plumbline.feed.capture;
