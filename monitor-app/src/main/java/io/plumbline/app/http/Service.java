package io.plumbline.app.http;

import io.plumbline.metrics.Counters;
import io.plumbline.time.EpochNanoClock;

/** What all connections of one server share. */
record Service(
        Routes routes,
        RequestRules rules,
        Access access,
        Callers callers,
        HttpLimits limits,
        Counters counters,
        EpochNanoClock clock,
        OpenConnections connections,
        FaultLog faults) {}
