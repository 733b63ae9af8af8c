/** What of the application is not public, for benchmarks to drive. */
package io.plumbline.app;
