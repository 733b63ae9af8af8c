package io.plumbline.app.alert;

import io.plumbline.app.desk.Acknowledgement;
import io.plumbline.app.desk.CaseNotice;
import io.plumbline.app.desk.CaseRecord;
import io.plumbline.app.desk.Pager;
import io.plumbline.app.desk.Silence;
import java.util.ArrayList;
import java.util.List;

/** From the desk to the outbox: what is said of a case becomes an alert. Desk thread. */
public final class AlertPager implements Pager {
    private final Outbox outbox;

    public AlertPager(final Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void commit(final List<CaseNotice> notices) {
        final List<Alert> alerts = new ArrayList<>();
        final List<CaseRecord> cases = new ArrayList<>(notices.size());
        for (final CaseNotice notice : notices) {
            cases.add(notice.of());
            switch (notice.action()) {
                case TRIGGER -> alerts.add(alert(notice, Alert.Action.TRIGGER, ""));
                case RESOLVE -> alerts.add(alert(notice, Alert.Action.RESOLVE, "Resolved: "));
                case ACKNOWLEDGE -> alerts.add(acknowledged(notice));
                case KEEP -> {}
            }
        }
        outbox.accept(alerts, cases);
    }

    @Override
    public void keep(final List<Silence> standing) {
        outbox.keep(standing);
    }

    private static Alert acknowledged(final CaseNotice notice) {
        final Acknowledgement by = notice.of().handling().acknowledged();
        final String note = by.note().isEmpty() ? "" : " (" + by.note() + ')';
        return alert(notice, Alert.Action.ACKNOWLEDGE, "Acknowledged by " + by.by() + note + ": ");
    }

    /** The alerts that stand, of the cases that were told when the process last ended. */
    static List<Alert> standing(final List<CaseRecord> cases) {
        return cases.stream()
                .filter(of -> of.told() == CaseRecord.Told.PAGED)
                .map(of -> new CaseNotice(CaseNotice.Action.KEEP, of, of.lastNs()))
                .map(notice -> alert(notice, Alert.Action.TRIGGER, ""))
                .toList();
    }

    static Alert alert(final CaseNotice notice, final Alert.Action action, final String prefix) {
        final CaseRecord of = notice.of();
        final char letter =
                switch (action) {
                    case TRIGGER -> 't';
                    case RESOLVE -> 'r';
                    case ACKNOWLEDGE -> 'a';
                };
        return new Alert(
                of.episode()
                        + '-'
                        + letter
                        + of.severity().ordinal()
                        + '-'
                        + Long.toHexString(notice.atNs()),
                action,
                of.fingerprint(),
                of.episode(),
                of.severity(),
                of.kind().name(),
                prefix + (of.handling().flapping() ? "Comes and goes: " : "") + of.text(),
                of.finding(),
                of.sinceNs(),
                notice.atNs());
    }
}
