package org.kanqian.api.precheck;

import java.time.Instant;
import java.util.List;

/**
 * The one service that answers now. It is swapped whole: a request that took it keeps it to its
 * end, and never sees half of another.
 */
public final class Serving {

    /**
     * What serves, since when, and why the pack now in the folder is not the one that does; empty
     * if it is.
     */
    private record State(PreCheckService service, Instant since, List<String> refused) {}

    private volatile State state;

    /** Begins with a service, at an instant. */
    public Serving(PreCheckService first, Instant since) {
        this.state = new State(first, since, List.of());
    }

    /** The service that answers; take it once per request. */
    public PreCheckService now() {
        return state.service();
    }

    /** Since when it answers. */
    public Instant since() {
        return state.since();
    }

    /** Why the pack in the folder is not the one that answers; empty if it is. */
    public List<String> refused() {
        return state.refused();
    }

    synchronized void swap(PreCheckService next, Instant at) {
        state = new State(next, at, List.of());
    }

    synchronized void refuse(List<String> why) {
        state = new State(state.service(), state.since(), List.copyOf(why));
    }
}
