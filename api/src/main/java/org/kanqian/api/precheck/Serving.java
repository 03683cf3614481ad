package org.kanqian.api.precheck;

import java.time.Instant;
import java.util.List;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.engine.RuleBook;

/**
 * The one service that answers now. It is swapped whole: a request that took it keeps it to its
 * end, and never sees half of another. Standards and layers change apart from each other; each
 * change keeps what the other put in place.
 */
public final class Serving {

    /**
     * What serves, since when by this pack, and why the pack now in the folder is not the one that
     * does; empty if it is.
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

    /** Since when it answers by this pack. */
    public Instant since() {
        return state.since();
    }

    /** Why the pack in the folder is not the one that answers; empty if it is. */
    public List<String> refused() {
        return state.refused();
    }

    /** Judges by another rule book from now on, on the layers that serve at that moment. */
    synchronized void serve(RuleBook book, Instant at) {
        state = new State(state.service().with(book), at, List.of());
    }

    /** Surveys on other layers from now on, by the rule book that serves at that moment. */
    public synchronized void serve(SiteSurveyor surveyor) {
        state = new State(state.service().with(surveyor), state.since(), state.refused());
    }

    synchronized void refuse(List<String> why) {
        state = new State(state.service(), state.since(), List.copyOf(why));
    }
}
