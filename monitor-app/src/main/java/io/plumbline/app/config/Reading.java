package io.plumbline.app.config;

/**
 * What all readers of one configuration share.
 *
 * @param live whether files that the configuration names must exist: not so for a printed one that
 *     a replay reads on another machine
 */
record Reading(Problems problems, Interpolation interpolation, boolean live) {}
