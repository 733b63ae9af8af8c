/** Benchmarks of the hot path: measured beside what they replace, in the same run. */
package io.plumbline.bench;
