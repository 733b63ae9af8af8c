/**
 * Time as data: nanoseconds since the epoch, from one clock per process. Nothing to the right of
 * the sockets reads it; stamps travel in the messages.
 */
package io.plumbline.time;
