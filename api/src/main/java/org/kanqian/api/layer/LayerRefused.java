package org.kanqian.api.layer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kanqian.api.problem.Fault;
import org.kanqian.api.problem.Problem;
import org.kanqian.api.problem.ProblemException;
import org.kanqian.gis.layer.LayerException;
import org.kanqian.gis.layer.LayerFault;
import org.kanqian.rules.pack.Text;

/** Layers that were not taken over, as problems: 422 with every fault by file and feature. */
final class LayerRefused {
    private static final int MOST = 200;

    private LayerRefused() {}

    static ProblemException of(LayerException e) {
        List<Fault> faults = e.faults().stream().limit(MOST).map(LayerRefused::fault).toList();
        Fault first = faults.get(0);
        return new ProblemException(
                new Problem(
                        422,
                        "invalid-layer",
                        new Text("图层没有采用，原来的照用", "The layer was not taken; the old one serves on"),
                        new Text(
                                "共 " + faults.size() + " 处：" + first.detail().zh(),
                                faults.size() + " faults: " + first.detail().en()),
                        faults));
    }

    private static Fault fault(LayerFault fault) {
        Map<String, Object> where = new TreeMap<>();
        where.put("file", Fault.visible(fault.file()));
        fault.feature().ifPresent(i -> where.put("feature", i));
        fault.id().ifPresent(id -> where.put("id", Fault.shown(id)));
        return new Fault("", new Text(Fault.visible(fault.zh()), Fault.visible(fault.en())), where);
    }
}
