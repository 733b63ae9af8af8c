/** What came of a run: the table that is printed, the same as JSON, and as a page with plots. */
package io.plumbline.bench.report;
