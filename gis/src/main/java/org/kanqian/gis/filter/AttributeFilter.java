package org.kanqian.gis.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.geotools.api.filter.And;
import org.geotools.api.filter.BinaryComparisonOperator;
import org.geotools.api.filter.Filter;
import org.geotools.api.filter.Not;
import org.geotools.api.filter.Or;
import org.geotools.api.filter.PropertyIsBetween;
import org.geotools.api.filter.PropertyIsLike;
import org.geotools.api.filter.PropertyIsNull;
import org.geotools.api.filter.expression.Expression;
import org.geotools.api.filter.expression.Literal;
import org.geotools.api.filter.expression.PropertyName;
import org.geotools.filter.text.cql2.CQLException;
import org.geotools.filter.text.ecql.ECQL;

/**
 * A condition on the attributes of a feature, written in the OGC's CQL: {@code amenity = 'school'
 * AND name NOT LIKE '%大学%'}. Comparisons, {@code LIKE}, {@code IN}, {@code BETWEEN} and {@code IS
 * NULL} joined by {@code AND}, {@code OR} and {@code NOT}; functions and geometries are refused, so
 * a filter can neither run anything nor look anywhere. An attribute a feature does not have is
 * null.
 *
 * <p>Immutable and safe to share.
 */
public final class AttributeFilter {
    /** No filter is longer than this. */
    public static final int LONGEST = 2_000;

    private static final int DEEPEST = 20;

    private final String text;
    private final Filter filter;
    private final Set<String> attributes;

    private AttributeFilter(String text, Filter filter, Set<String> attributes) {
        this.text = text;
        this.filter = filter;
        this.attributes = attributes;
    }

    /**
     * Reads a filter.
     *
     * @throws FilterException if it is none, or says more than a filter may
     */
    public static AttributeFilter of(String cql) throws FilterException {
        if (cql.length() > LONGEST) {
            throw new FilterException("过滤条件超过 2000 字", "the filter is over 2,000 characters");
        }
        if (depth(cql) > DEEPEST) {
            throw new FilterException("过滤条件的括号嵌套超过 20 层", "brackets nest over 20 deep");
        }
        Set<String> attributes = new TreeSet<>();
        Filter filter;
        try {
            filter = ECQL.toFilter(cql);
        } catch (CQLException | RuntimeException e) {
            throw new FilterException(
                    "过滤条件不是合法的 CQL，例如 kind = 'school' AND name IS NOT NULL",
                    "not valid CQL: " + firstLine(e));
        }
        check(filter, attributes);
        return new AttributeFilter(cql, filter, attributes);
    }

    private static int depth(String cql) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < cql.length(); i++) {
            char c = cql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String line = message.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    private static void check(Filter filter, Set<String> attributes) throws FilterException {
        List<Filter> parts = new ArrayList<>();
        if (filter instanceof And and) {
            parts.addAll(and.getChildren());
        } else if (filter instanceof Or or) {
            parts.addAll(or.getChildren());
        } else if (filter instanceof Not not) {
            parts.add(not.getFilter());
        } else if (filter instanceof BinaryComparisonOperator comparison) {
            check(comparison.getExpression1(), attributes);
            check(comparison.getExpression2(), attributes);
        } else if (filter instanceof PropertyIsLike like) {
            check(like.getExpression(), attributes);
        } else if (filter instanceof PropertyIsNull isNull) {
            check(isNull.getExpression(), attributes);
        } else if (filter instanceof PropertyIsBetween between) {
            check(between.getExpression(), attributes);
            check(between.getLowerBoundary(), attributes);
            check(between.getUpperBoundary(), attributes);
        } else {
            throw refused(filter.toString());
        }
        for (Filter part : parts) {
            check(part, attributes);
        }
    }

    private static void check(Expression expression, Set<String> attributes)
            throws FilterException {
        if (expression instanceof PropertyName name) {
            attributes.add(name.getPropertyName());
        } else if (!(expression instanceof Literal)) {
            throw refused(expression.toString());
        }
    }

    private static FilterException refused(String what) {
        String shown = what.length() > 80 ? what.substring(0, 80) + "…" : what;
        return new FilterException(
                "过滤条件里不能用函数、运算或几何：" + shown,
                "a filter compares attributes; no functions, arithmetic or geometry: " + shown);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** The attributes it reads, in name order. */
    public Set<String> attributes() {
        return Set.copyOf(attributes);
    }

    /** Whether a feature with these attributes belongs. */
    public boolean accepts(Map<String, String> attributes) {
        return filter.evaluate(attributes);
    }

    @Override
    public String toString() {
        return text;
    }
}
