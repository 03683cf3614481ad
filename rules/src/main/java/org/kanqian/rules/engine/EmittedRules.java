package org.kanqian.rules.engine;

import java.util.List;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * A second look at what we emit before it is compiled: whatever is not one of our rules, of the one
 * shape they have, is refused. Nothing an officer writes should ever come this far; this is for the
 * day it does.
 */
final class EmittedRules {
    private static final Pattern CONSTRAINT =
            Pattern.compile(
                    "about\\(\\d+\\)"
                            + "|n\\(\\d+\\) (?:<|<=|>|>=|==|!=) n\\(\\d+\\)"
                            + "|f\\(\\d+\\) == (?:true|false)"
                            + "|\\((?:f\\(\\d+\\) == (?:true|false)(?: (?:\\|\\||&&) )?)+\\)"
                            + "|\\((?:s\\(\\d+\\) [!=]= \"[^\"\\\\\\p{Cntrl}]*\"(?: (?:\\|\\||&&) )?)+\\)");
    private static final Pattern CONSEQUENCE =
            Pattern.compile("report\\.(?:violated|applies)\\(\\d+, \\$w\\.id\\(\\)\\);");

    private EmittedRules() {}

    /**
     * @throws IllegalStateException naming the first thing that is not ours
     */
    static void check(String drl) {
        PackageDescr descr;
        try {
            descr = new DrlParser(LanguageLevelOption.DRL6).parse(false, drl);
        } catch (DroolsParserException e) {
            throw new IllegalStateException("not ours: does not parse", e);
        }
        if (descr == null) {
            throw new IllegalStateException("not ours: does not parse");
        }
        only(
                descr.getImports().size() == 1
                        && descr.getImports().get(0).getTarget().equals(World.class.getName()),
                "import");
        only(descr.getGlobals().size() == 1, "global");
        only(
                descr.getGlobals().get(0).getType().equals(Report.class.getName())
                        && descr.getGlobals().get(0).getIdentifier().equals("report"),
                "global");
        only(descr.getFunctions().isEmpty(), "function");
        only(descr.getFunctionImports().isEmpty(), "import function");
        only(descr.getAccumulateImports().isEmpty(), "import accumulate");
        only(descr.getTypeDeclarations().isEmpty(), "declare");
        only(descr.getEnumDeclarations().isEmpty(), "enum");
        only(descr.getEntryPointDeclarations().isEmpty(), "entry point");
        only(descr.getWindowDeclarations().isEmpty(), "window");
        only(descr.getAttributes().isEmpty(), "package attribute");
        only(descr.getUnit() == null, "unit");
        descr.getRules().forEach(EmittedRules::rule);
    }

    private static void rule(RuleDescr rule) {
        only(rule.getClass() == RuleDescr.class, "query");
        only(rule.getAttributes().isEmpty(), "rule attribute");
        only(rule.getAnnotations().isEmpty(), "annotation");
        only(rule.getParentName() == null, "extends");
        only(rule.getNamedConsequences().isEmpty(), "named consequence");
        only(
                CONSEQUENCE.matcher(String.valueOf(rule.getConsequence()).strip()).matches(),
                "consequence");
        List<? extends BaseDescr> conditions = rule.getLhs().getDescrs();
        only(conditions.size() == 1 && conditions.get(0) instanceof PatternDescr, "condition");
        PatternDescr pattern = (PatternDescr) conditions.get(0);
        only(
                pattern.getObjectType().equals("World")
                        && pattern.getIdentifier().equals("$w")
                        && pattern.getSource() == null
                        && pattern.getBehaviors().isEmpty()
                        && pattern.getAnnotations().isEmpty(),
                "pattern");
        for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
            only(
                    constraint instanceof ExprConstraintDescr e
                            && CONSTRAINT.matcher(e.getExpression().strip()).matches(),
                    "constraint");
        }
    }

    private static void only(boolean ours, String what) {
        if (!ours) {
            throw new IllegalStateException("not ours: " + what);
        }
    }
}
