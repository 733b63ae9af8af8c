/** What of the feed's own package a benchmark must see. */
package io.plumbline.feed.websocket;
