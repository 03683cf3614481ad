package org.kanqian.api.layer;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.Serving;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.Layer;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.gis.layer.LayerFiles;
import org.kanqian.gis.layer.LayerSet;
import org.kanqian.gis.survey.SiteSurveyor;
import org.kanqian.rules.pack.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the layers that serve, one change at a time. Everything a change needs — reading,
 * checking against the other layers, the gazetteer, the walking networks — is ready before it
 * counts; requests keep what they began with.
 */
public final class LayerKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LayerKeeper.class);
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final LayerStock stock;
    private final Serving serving;
    private final ReentrantLock changing = new ReentrantLock(true);
    private volatile List<LayerFault> refused = List.of();

    public LayerKeeper(LayerStock stock, Serving serving) {
        this.stock = stock;
        this.serving = serving;
    }

    /**
     * What a change did, or would do.
     *
     * @param before version that served; null if none did
     * @param layer what serves now; empty if it was withdrawn
     */
    record Outcome(
            @Nullable String before, Optional<Layer> layer, LayerChanges changes, boolean done) {}

    /** What is to be true of the version that serves, or the change is refused. */
    @FunctionalInterface
    interface Condition {
        /**
         * @param version that serves; null if none does
         * @throws ProblemException 412 if it is not the one that was expected
         */
        void check(@Nullable String version);
    }

    @FunctionalInterface
    private interface Change<T> {
        T make() throws LayerException;
    }

    /**
     * Puts a layer in place of the one of that id.
     *
     * @param files as they arrived
     * @param dryRun whether only to say what it would change
     * @throws LayerException with everything that is wrong; then the old layer serves on
     */
    Outcome put(String id, LayerFiles files, Condition condition, boolean dryRun)
            throws LayerException {
        return oneAtATime(
                () -> {
                    condition.check(version(id));
                    return put(stock.read(id, files), dryRun);
                });
    }

    /**
     * Puts a version that served before, or that of the folder, back in place.
     *
     * @throws LayerException if it can no longer be read
     */
    Outcome restore(String id, String version, Condition condition, boolean dryRun)
            throws LayerException {
        return oneAtATime(
                () -> {
                    condition.check(version(id));
                    Optional<Layer> folders =
                            stock.state().base().find(id).filter(l -> l.version().equals(version));
                    return put(
                            folders.isPresent()
                                    ? folders.get()
                                    : stock.versions().load(id, version),
                            dryRun);
                });
    }

    private Outcome put(Layer layer, boolean dryRun) throws LayerException {
        LayerStock.State now = stock.state();
        Optional<Layer> old = now.layers().find(layer.id());
        LayerStock.State next = now.with(layer, stock.now());
        LayerChanges changes = LayerChanges.between(old, Optional.of(layer));
        if (!dryRun) {
            swap(next);
            LOG.info(
                    "layer {} serves {} in place of {}",
                    layer.id(),
                    layer.version(),
                    old.map(Layer::version).orElse("none"));
        }
        return new Outcome(
                old.map(Layer::version).orElse(null), Optional.of(layer), changes, !dryRun);
    }

    /** Takes a layer out: what it told is unknown from now on. */
    Outcome withdraw(String id, Condition condition, boolean dryRun) throws LayerException {
        return oneAtATime(
                () -> {
                    condition.check(version(id));
                    LayerStock.State now = stock.state();
                    Optional<Layer> old = now.layers().find(id);
                    LayerStock.State next = now.without(id, stock.now());
                    if (!dryRun) {
                        swap(next);
                        LOG.info("layer {} is withdrawn", id);
                    }
                    return new Outcome(
                            old.map(Layer::version).orElse(null),
                            Optional.empty(),
                            LayerChanges.between(old, Optional.empty()),
                            !dryRun);
                });
    }

    /**
     * Takes over what has changed in the folder, all of it or nothing; what is wrong with it is to
     * be had from {@link #refused}.
     */
    public void reload() {
        changing.lock();
        try {
            LayerStock.State next = stock.reread();
            if (!next.layers().versions().equals(stock.layers().versions())) {
                swap(next);
            } else {
                stock.commit(next);
            }
            refused = List.of();
        } catch (LayerException e) {
            refuse(e.faults());
        } catch (RuntimeException e) {
            // Whatever is wrong with the folder, the old layers serve on and the watch lives.
            refuse(List.of(LayerFault.of("", "图层文件夹读不了：" + e, "the folder cannot be read: " + e)));
        } finally {
            changing.unlock();
        }
    }

    private void refuse(List<LayerFault> faults) {
        refused = List.copyOf(faults);
        LOG.warn("changed layers are not taken, the old ones go on: {}", faults.get(0));
    }

    /** Why the folder is not what serves, and which uploads cannot; empty if all is well. */
    List<LayerFault> refused() {
        List<LayerFault> all = new ArrayList<>(refused);
        all.addAll(stock.state().lost());
        return all;
    }

    LayerStock.State state() {
        return stock.state();
    }

    private @Nullable String version(String id) {
        return stock.layers().find(id).map(Layer::version).orElse(null);
    }

    private void swap(LayerStock.State next) throws LayerException {
        long start = System.nanoTime();
        LayerSet layers = next.layers();
        if (layers.versions().equals(stock.layers().versions())) {
            stock.commit(next);
            return;
        }
        SiteSurveyor surveyor = new SiteSurveyor(layers);
        stock.commit(next);
        serving.serve(surveyor);
        LOG.info(
                "{} layers serve, swapped in {} ms",
                layers.layers().size(),
                (System.nanoTime() - start) / 1_000_000);
    }

    private <T> T oneAtATime(Change<T> change) throws LayerException {
        boolean mine = false;
        try {
            mine = changing.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw busy();
            }
            return change.make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (UncheckedIOException e) {
            LOG.error("a layer was not stored", e);
            throw new ProblemException(
                    new Problem(
                            507,
                            "not-stored",
                            new Text("没有存下", "Not stored"),
                            new Text(
                                    "磁盘或数据库没有收下，什么都没有改。请管理员看日志和剩余空间。",
                                    "The disk or the database did not take it; nothing has changed."
                                            + " See the log and the space left."),
                            List.of()),
                    e);
        } finally {
            if (mine) {
                changing.unlock();
            }
        }
    }

    private static ProblemException busy() {
        return new ProblemException(
                new Problem(
                        503,
                        "another-change",
                        new Text("正在换另一个图层", "Another layer is being changed"),
                        new Text(
                                "另一次上传还在检查，等了一分钟没有轮到。请稍后再发。",
                                "Another upload is still being checked and a minute's wait was not"
                                        + " enough. Send it again later."),
                        List.of()));
    }
}
