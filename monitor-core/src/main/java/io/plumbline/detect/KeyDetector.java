package io.plumbline.detect;

import io.plumbline.finding.Edge;
import io.plumbline.finding.Evidence;
import io.plumbline.finding.Finding;
import io.plumbline.finding.FindingKind;
import io.plumbline.finding.FindingSink;
import io.plumbline.market.Holders;
import io.plumbline.market.KeyState;
import io.plumbline.market.MarketEvent;
import io.plumbline.market.MarketState;
import io.plumbline.market.SessionState;

/**
 * Whether each watched key is there. KEY_DELETED, KEY_EXPIRED, KEY_EVICTED: it was, and how it
 * went; KEY_MISSING: it never was, or went in a way that nobody told. Absence is provisional for a
 * grace (a writer that deletes and sets again, a slot that moves), but not after a flush, which no
 * writer does in passing. Expiry deadlines are run here, not awaited from Redis. Closes when the
 * key is written again.
 */
public final class KeyDetector implements Detector {
    private static final class Key {
        KeyState state = KeyState.UNKNOWN;
        long presentNs = MarketEvent.NONE;
        boolean wentUnseen;
        KeyState told = KeyState.UNKNOWN;
        long absentSinceNs;
        long expiresAtNs = MarketEvent.NONE;
        FindingKind open;
        long openSinceNs;
    }

    private final MarketState state;
    private final long graceNs;
    private final long missingAfterNs;
    private final long expiryGraceNs;
    private final Key[] keys;

    /**
     * @param graceNs how long an absence is provisional
     * @param missingAfterNs how long a key may be missing after the observer became live
     * @param expiryGraceNs how long past its deadline a key may still be renewed
     */
    public KeyDetector(
            final MarketState state,
            final long graceNs,
            final long missingAfterNs,
            final long expiryGraceNs) {
        this.state = state;
        this.graceNs = graceNs;
        this.missingAfterNs = missingAfterNs;
        this.expiryGraceNs = expiryGraceNs;
        keys = new Key[state.keys.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new Key();
        }
    }

    @Override
    public String name() {
        return "key";
    }

    @Override
    public boolean hearsMarket() {
        return false;
    }

    @Override
    public void onEvent(final MarketEvent event, final long nowNs, final FindingSink findings) {
        switch (event.type) {
            case KEY_VALUE:
                if (event.key >= 0) {
                    read(event, nowNs, findings);
                }
                break;
            case KEY_EVENT:
                told(event);
                break;
            case TIMER:
                for (int id = 0; id < keys.length; id++) {
                    tick(id, nowNs, findings);
                }
                break;
            default:
                break;
        }
    }

    private void read(final MarketEvent event, final long nowNs, final FindingSink findings) {
        final Key key = keys[event.key];
        if (event.keyState == KeyState.PRESENT) {
            key.state = KeyState.PRESENT;
            key.presentNs = event.receivedNs;
            key.wentUnseen = false;
            key.told = KeyState.UNKNOWN;
            key.absentSinceNs = 0;
            key.expiresAtNs = event.expiresAtNs;
            close(event.key, nowNs, findings);
        } else if (key.state != KeyState.ABSENT) {
            final boolean wasThere = key.state == KeyState.PRESENT;
            key.state = KeyState.ABSENT;
            key.absentSinceNs = event.receivedNs;
            if (wasThere && key.told == KeyState.UNKNOWN) {
                key.told = inferred(key, event.receivedNs);
                key.wentUnseen =
                        key.told == KeyState.DELETED && isBrokenSince(event.key, key.presentNs);
            }
            if (key.told == KeyState.FLUSHED && key.open == null) {
                open(event.key, kind(key.told), cause(key), nowNs, findings);
            }
        }
    }

    /** Nobody told how it went: past its deadline it expired, before it somebody removed it. */
    private KeyState inferred(final Key key, final long atNs) {
        final boolean deadline =
                key.expiresAtNs != MarketEvent.NONE && key.expiresAtNs != MarketEvent.NEVER;
        return deadline && atNs >= key.expiresAtNs - expiryGraceNs
                ? KeyState.EXPIRED
                : KeyState.DELETED;
    }

    private boolean isBrokenSince(final int id, final long timeNs) {
        final int redis = state.holders.of(id);
        return redis != Holders.NOWHERE
                && (state.sight.unbrokenSinceNs(redis) == MarketEvent.NONE
                        || state.sight.unbrokenSinceNs(redis) > timeNs);
    }

    private void told(final MarketEvent event) {
        if (event.keyState == KeyState.FLUSHED) {
            for (int id = 0; id < keys.length; id++) {
                if (keys[id].state == KeyState.PRESENT && state.holders.of(id) == event.source) {
                    keys[id].told = KeyState.FLUSHED;
                }
            }
        } else if (event.key >= 0 && event.keyState != KeyState.MOVED) {
            keys[event.key].told = event.keyState;
        }
    }

    private void tick(final int id, final long nowNs, final FindingSink findings) {
        final Key key = keys[id];
        final int redis = state.holders.of(id);
        if (key.open != null || !observed(redis, nowNs)) {
            return;
        }
        if (key.state == KeyState.PRESENT) {
            if (key.expiresAtNs != MarketEvent.NONE
                    && key.expiresAtNs != MarketEvent.NEVER
                    && nowNs
                            > Math.max(key.expiresAtNs, state.sight.unbrokenSinceNs(redis))
                                    + expiryGraceNs
                    && state.sessions.lastMessageNs(redis) > key.expiresAtNs + expiryGraceNs) {
                open(id, FindingKind.KEY_EXPIRED, "", nowNs, findings);
            }
        } else if (key.told != KeyState.UNKNOWN) {
            if (key.absentSinceNs != 0 && nowNs - key.absentSinceNs >= graceNs) {
                open(id, kind(key.told), cause(key), nowNs, findings);
            }
        } else {
            final long sinceNs = Math.max(key.absentSinceNs, state.sessions.liveSinceNs(redis));
            if (nowNs - sinceNs >= missingAfterNs) {
                open(id, FindingKind.KEY_MISSING, "", nowNs, findings);
            }
        }
    }

    private boolean observed(final int redis, final long nowNs) {
        return redis != Holders.NOWHERE
                && state.sessions.state(redis) == SessionState.LIVE
                && state.sight.isSeen(redis, nowNs);
    }

    private static FindingKind kind(final KeyState told) {
        switch (told) {
            case EXPIRED:
                return FindingKind.KEY_EXPIRED;
            case EVICTED:
                return FindingKind.KEY_EVICTED;
            default:
                return FindingKind.KEY_DELETED;
        }
    }

    private static String cause(final Key key) {
        return key.told == KeyState.FLUSHED ? "flushed" : key.wentUnseen ? "unseen" : "";
    }

    private void open(
            final int id,
            final FindingKind kind,
            final String cause,
            final long nowNs,
            final FindingSink findings) {
        final Key key = keys[id];
        key.open = kind;
        key.openSinceNs = key.absentSinceNs == 0 ? nowNs : key.absentSinceNs;
        final Finding finding = findings.claim(kind, Edge.OPEN, name(), nowNs);
        Subject.key(finding, state, id)
                .with(Evidence.AGE_NS, nowNs - key.openSinceNs)
                .with(Evidence.CAUSE, cause.isEmpty() ? null : cause);
        Sight.show(finding, state, id);
        findings.publish();
    }

    private void close(final int id, final long nowNs, final FindingSink findings) {
        final Key key = keys[id];
        if (key.open != null) {
            final Finding finding = findings.claim(key.open, Edge.CLOSE, name(), nowNs);
            Subject.key(finding, state, id).with(Evidence.LASTED_NS, nowNs - key.openSinceNs);
            Sight.show(finding, state, id);
            findings.publish();
            key.open = null;
        }
    }

    @Override
    public void describe(final Finding finding, final StringBuilder out) {
        out.append("Redis key ").append(finding.key);
        if (finding.edge == Edge.CLOSE) {
            Subject.duration(
                    out.append(" is there again after "), finding.number(Evidence.LASTED_NS, 0));
            return;
        }
        switch (finding.kind) {
            case KEY_EXPIRED:
                out.append(" expired: its writer did not renew it in time");
                break;
            case KEY_EVICTED:
                out.append(" was evicted: Redis ran out of memory");
                break;
            case KEY_DELETED:
                out.append(howItWent(finding.text(Evidence.CAUSE)));
                break;
            default:
                out.append(" does not exist: no writer fills it, or it uses another name");
                break;
        }
    }

    private static String howItWent(final String cause) {
        switch (cause) {
            case "flushed":
                return " is gone with everything else: the database was flushed";
            case "unseen":
                return " was there before Redis was out of sight and is not now: lost in a restart"
                        + " or failover, or deleted meanwhile, and not written again";
            default:
                return " was deleted and not written again";
        }
    }
}
