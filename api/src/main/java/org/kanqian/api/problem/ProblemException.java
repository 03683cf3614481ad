package org.kanqian.api.problem;

import java.util.List;
import org.kanqian.rules.pack.Text;

/** A request that cannot be answered, with everything the sender needs to mend it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.type());
        this.problem = problem;
    }

    /** A request whose content is wrong: 422 with every fault. */
    public static ProblemException invalid(List<Fault> faults) {
        Fault first = faults.get(0);
        return new ProblemException(
                new Problem(
                        422,
                        "invalid-request",
                        new Text("请求内容有误", "The request is not valid"),
                        new Text(
                                where(first) + first.detail().zh(),
                                where(first) + first.detail().en()),
                        faults));
    }

    /** A thing that does not exist: 404. */
    public static ProblemException notFound(String zh, String en) {
        return new ProblemException(
                new Problem(
                        404,
                        "not-found",
                        new Text("没有找到", "Not found"),
                        new Text(zh, en),
                        List.of()));
    }

    public Problem problem() {
        return problem;
    }

    private static String where(Fault fault) {
        return fault.pointer().isEmpty() ? "" : fault.pointer() + " ";
    }
}
