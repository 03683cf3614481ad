package org.kanqian.api.problem;

import java.time.LocalDate;
import java.util.List;
import org.kanqian.rules.inforce.NotInForceException;
import org.kanqian.rules.pack.Text;

/** A request that cannot be answered, with everything the sender needs to mend it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.type());
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.type(), cause);
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

    /** Query parameters that are unknown or wrong, where a standard asks for 400. */
    public static ProblemException parameters(List<Fault> faults) {
        return new ProblemException(
                new Problem(
                        400,
                        "invalid-parameter",
                        new Text("参数有误", "A parameter is not valid"),
                        faults.get(0).detail(),
                        faults));
    }

    /** A day for which there is no law, or no longer: 422 on {@code asOf}. */
    public static ProblemException notInForce(NotInForceException e) {
        if (e.point().isEmpty()) {
            String day = e.day().map(LocalDate::toString).orElse("");
            return invalid(
                    List.of(
                            new Fault(
                                    "/asOf",
                                    e.item() + " 的依据最早从 " + day + " 起，请换一个不早于它的日期。",
                                    e.item()
                                            + ": the earliest law known begins on "
                                            + day
                                            + "; ask for that day or later.")));
        }
        String limit = (e.item() + "/" + e.point() + " " + e.parameter()).strip();
        boolean law = e.parameter().isEmpty();
        return invalid(
                List.of(
                        e.day()
                                .map(
                                        day ->
                                                new Fault(
                                                        "/asOf",
                                                        limit
                                                                + (law ? "：所依据的法规只到 " : "：限值只到 ")
                                                                + day
                                                                + " 有效，之后的还没有录入。",
                                                        limit
                                                                + (law
                                                                        ? ": its law ends on "
                                                                        : ": the limit ends on ")
                                                                + day
                                                                + " and has no successor yet."))
                                .orElse(
                                        new Fault(
                                                "/asOf",
                                                limit + "：这一天没有有效的限值，请换一个日期。",
                                                limit + ": no limit is in force on that day."))));
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
