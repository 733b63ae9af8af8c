/**
 * Reading JSON from bytes in place, without allocating and without ever throwing for what a peer
 * sent. Imports nothing of the feeds: every venue, recording and value format stands on it.
 */
package io.plumbline.feed.json;
