package io.plumbline.feed.sim;

/** Is told of every fault: injectors, the ground truth, the terminal. Simulation thread. */
public interface FaultListener {
    /** The fault begins now. Injectors are told before those who only report. */
    void started(InjectedFault fault, long nowNs);

    /** The fault is over; injectors repair what they broke. */
    void ended(InjectedFault fault, long nowNs);
}
