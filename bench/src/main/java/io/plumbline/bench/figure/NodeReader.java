package io.plumbline.bench.figure;

import java.io.IOException;
import java.util.List;

/**
 * A peer run by node: tardis.js, tardis-dev's own way from a message's text to its normalised form;
 * ccxt.js, ccxt pro's own way to its trades, book tickers and order book.
 */
final class NodeReader extends OutsideReader {
    static final String TARDIS = "tardis-dev";
    static final String CCXT = "ccxt pro";

    private static final NodePackage TARDIS_PACKAGE = new NodePackage("tardis-dev", "13.35.3");
    private static final NodePackage CCXT_PACKAGE = new NodePackage("ccxt", "4.5.84");

    private NodeReader(final String name, final Process process) {
        super(name, process);
    }

    /** Why tardis-dev cannot be measured here, or null. */
    static String tardisMissing() throws IOException, InterruptedException {
        return TARDIS_PACKAGE.missing();
    }

    static NodeReader tardis(final Corpus corpus, final Effort effort) throws IOException {
        return new NodeReader(TARDIS, TARDIS_PACKAGE.start("tardis.js", corpus, effort));
    }

    /** The command that takes messages from a socket: its port, count and skip follow. */
    static List<String> tardisReceiver(final Effort effort) throws IOException {
        return TARDIS_PACKAGE.command("tardis-receive.js", effort);
    }

    /** Why ccxt cannot be measured here, or null. */
    static String ccxtMissing() throws IOException, InterruptedException {
        return CCXT_PACKAGE.missing();
    }

    static NodeReader ccxt(final Corpus corpus, final Effort effort) throws IOException {
        return new NodeReader(CCXT, CCXT_PACKAGE.start("ccxt.js", corpus, effort));
    }
}
