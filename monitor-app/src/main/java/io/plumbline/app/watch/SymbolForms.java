package io.plumbline.app.watch;

import io.plumbline.feed.venue.Venue;
import io.plumbline.feed.venue.VenueCatalogue;
import io.plumbline.market.naming.KeyNames;
import java.util.ArrayList;
import java.util.List;

/** How else a ccxt symbol is written: by every venue that has such an instrument, and by habit. */
final class SymbolForms {
    private static final String BITCOIN = "BTC/";

    private SymbolForms() {}

    static List<KeyNames.Form> of(final String symbol, final VenueCatalogue catalogue) {
        final List<KeyNames.Form> forms = new ArrayList<>();
        final int colon = symbol.indexOf(':');
        final String pair = colon < 0 ? symbol : symbol.substring(0, colon);
        final boolean dated = colon >= 0 && symbol.indexOf('-', colon) >= 0;
        if (colon >= 0 && !dated) {
            forms.add(new KeyNames.Form(pair, "without the settlement currency"));
            forms.add(new KeyNames.Form(pair + "-PERP", "PERP instead of the settlement"));
        }
        if (symbol.startsWith(BITCOIN)) {
            final String rest = symbol.substring(BITCOIN.length());
            forms.add(new KeyNames.Form("XBT/" + rest, "XBT for BTC"));
            if (colon >= 0 && !dated) {
                forms.add(
                        new KeyNames.Form(
                                "XBT/" + pair.substring(BITCOIN.length()),
                                "XBT for BTC, without the settlement currency"));
            }
        }
        for (final Venue venue : catalogue.all()) {
            try {
                forms.add(
                        new KeyNames.Form(
                                venue.toVenueSymbol(symbol), "as " + venue.name() + " writes it"));
            } catch (final IllegalArgumentException notItsKind) {
                continue;
            }
        }
        return forms;
    }
}
