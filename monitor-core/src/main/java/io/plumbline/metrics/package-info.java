/**
 * What is counted and measured: one constant and one sentence per fact, one histogram per hop. Any
 * thread writes, the HTTP side and the latency reporter read.
 */
package io.plumbline.metrics;
