package io.plumbline.app.desk;

import io.plumbline.finding.Finding;

/** Finds the sentence for a finding: the composition root hands over the detectors' own. */
@FunctionalInterface
public interface Descriptions {
    /** Appends one sentence for a person. Desk thread; reads only the finding. */
    void describe(Finding finding, StringBuilder out);
}
