package io.plumbline.feed.sim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Starts and ends the faults of a script as time goes on. Simulation thread. */
public final class FaultPlayer {
    private final List<FaultListener> listeners;
    private FaultScript script;
    private final List<InjectedFault> running = new ArrayList<>();
    private int next;

    /**
     * @param listeners told in this order: injectors first, then those who report
     */
    public FaultPlayer(final FaultScript script, final List<FaultListener> listeners) {
        this.script = script;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Goes on with {@code more} where the script so far is over; IllegalStateException where it is
     * not. From a listener's {@code ended} or between two steps.
     */
    public void play(final FaultScript more) {
        if (!finished()) {
            throw new IllegalStateException("the script is not over yet");
        }
        script = more;
        next = 0;
    }

    /** Ends what is over, then starts what is due. */
    public void step(final long nowNs) {
        for (final Iterator<InjectedFault> each = running.iterator(); each.hasNext(); ) {
            final InjectedFault fault = each.next();
            if (nowNs >= fault.fault().endNs()) {
                each.remove();
                end(fault, nowNs);
            }
        }
        while (next < script.faults().size() && nowNs >= script.faults().get(next).startNs()) {
            final InjectedFault fault = new InjectedFault(script.faults().get(next));
            next++;
            fault.started(nowNs);
            running.add(fault);
            for (final FaultListener listener : listeners) {
                listener.started(fault, nowNs);
            }
        }
    }

    /** Ends whatever runs, for a stop before the script is over. */
    public void abandon(final long nowNs) {
        running.forEach(fault -> end(fault, nowNs));
        running.clear();
        next = script.faults().size();
    }

    /** Whether every fault has been and gone. */
    public boolean finished() {
        return next == script.faults().size() && running.isEmpty();
    }

    private void end(final InjectedFault fault, final long nowNs) {
        fault.ended(nowNs);
        for (final FaultListener listener : listeners) {
            listener.ended(fault, nowNs);
        }
    }
}
