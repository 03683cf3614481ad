package org.kanqian.api.archive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.rules.pack.Text;

/**
 * Versions that no longer serve, in memory for those who ask after them: a few, and one piece of
 * work on them at a time, so that looking back never slows what serves now.
 */
public final class OldLayers {
    private static final int MOST_LAYERS = 40;
    private static final int MOST_FEATURES = 300_000;
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final LayerArchive archive;
    private final Semaphore turn = new Semaphore(1, true);
    private final Map<String, Layer> read = new LinkedHashMap<>(16, 0.75f, true);

    public OldLayers(LayerArchive archive) {
        this.archive = archive;
    }

    /** Work on old layers, by whoever has the turn. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Reader reader);
    }

    /** Reads old versions, within one {@link #work}. */
    @FunctionalInterface
    public interface Reader {
        /**
         * A version as it served.
         *
         * @throws LayerException if it is not to be had
         */
        Layer read(String id, String version) throws LayerException;
    }

    /**
     * Waits for its turn and works.
     *
     * @throws ProblemException 503 if the turn does not come soon
     */
    public <T> T work(Work<T> work) {
        boolean mine = false;
        try {
            mine = turn.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw busy();
            }
            return work.with(this::read);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            if (mine) {
                turn.release();
            }
        }
    }

    private Layer read(String id, String version) throws LayerException {
        String key = id + "@" + version;
        Layer known = read.get(key);
        if (known != null) {
            return known;
        }
        Layer layer = archive.load(id, version);
        read.put(key, layer);
        Iterator<Layer> eldest = read.values().iterator();
        while (eldest.hasNext() && tooMany()) {
            Layer next = eldest.next();
            if (next != layer) {
                eldest.remove();
            }
        }
        return layer;
    }

    private boolean tooMany() {
        long features = read.values().stream().mapToLong(Layer::size).sum();
        return read.size() > MOST_LAYERS || (features > MOST_FEATURES && read.size() > 1);
    }

    private static ProblemException busy() {
        return new ProblemException(
                new Problem(
                        503,
                        "looking-back",
                        new Text("正在查别的旧版本", "Another look back is going on"),
                        new Text(
                                "一次只复算一份、只读一个旧图层，请稍后再发。",
                                "One replay or old layer at a time; send it again later."),
                        List.of()));
    }
}
