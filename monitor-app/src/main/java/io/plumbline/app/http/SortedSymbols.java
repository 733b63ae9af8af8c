package io.plumbline.app.http;

import io.plumbline.app.gate.GateReading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was searched and sorted for one page serves all that look at the same, until there is news:
 * ten pages over ten thousand symbols cost no more than one. Event loop only.
 */
final class SortedSymbols {
    private static final int MOST = 16;

    private final Map<SymbolWindow, List<SymbolWindow.Row>> byLook =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(
                        final Map.Entry<SymbolWindow, List<SymbolWindow.Row>> eldest) {
                    return size() > MOST;
                }
            };
    private List<SymbolStatus> symbols = List.of();
    private List<GateReading> gates = List.of();

    /** The rows of {@code window} and those before and behind it. */
    List<SymbolWindow.Row> rows(
            final SymbolWindow window,
            final List<SymbolStatus> newSymbols,
            final List<GateReading> newGates) {
        if (newSymbols != symbols || newGates != gates) {
            byLook.clear();
            symbols = newSymbols;
            gates = newGates;
        }
        return byLook.computeIfAbsent(window.everything(), look -> look.sorted(symbols, gates));
    }
}
