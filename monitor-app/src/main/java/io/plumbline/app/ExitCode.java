package io.plumbline.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the process tells its caller; the numbers are an interface. */
public final class ExitCode {
    /** All well. */
    public static final int OK = 0;

    /** The run found what it is meant to fail on: a missed fault, a differing replay. */
    public static final int FOUND = 1;

    /** Wrong usage or configuration. */
    public static final int USAGE = 2;

    /** Cannot start or go on: a port in use, a required Redis absent, a full disk. */
    public static final int CANNOT_START = 3;

    private ExitCode() {}

    /** For the foot of each command's help. */
    static Map<String, String> descriptions() {
        final Map<String, String> descriptions = new LinkedHashMap<>();
        descriptions.put(" " + OK, "all well");
        descriptions.put(
                " " + FOUND, "found what it is meant to fail on (missed fault, differing replay)");
        descriptions.put(" " + USAGE, "wrong usage or configuration");
        descriptions.put(
                " " + CANNOT_START, "cannot start (port in use, required Redis absent, disk full)");
        return descriptions;
    }
}
