package org.kanqian.api.item;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kanqian.api.precheck.PreCheckAnswer.Choice;
import org.kanqian.api.precheck.PreCheckAnswer.Cited;
import org.kanqian.rules.pack.ApprovalItem;
import org.kanqian.rules.pack.CheckKind;
import org.kanqian.rules.pack.Severity;
import org.kanqian.rules.pack.Stage;
import org.kanqian.rules.pack.Text;

/** Items and facts as they are sent; texts in the reader's language. */
final class ItemAnswers {
    private ItemAnswers() {}

    @Schema(name = "Items")
    record Items(Pack pack, List<Summary> items, List<Bundle> bundles) {}

    /** Items one undertaking needs together (一件事). */
    @Schema(name = "Bundle")
    record Bundle(String bundle, Text name, List<Member> items) {}

    /** An item of a bundle; {@code variant} is null where the undertaking leaves it open. */
    @Schema(name = "BundleItem")
    record Member(String item, @Nullable String variant) {}

    @Schema(name = "Pack")
    record Pack(String name, String version, String hash) {}

    @Schema(name = "ItemSummary")
    record Summary(
            String item,
            Text name,
            String category,
            String authority,
            ApprovalItem.Visit visit,
            List<Choice> variants) {}

    /**
     * @param region the code asked for; CN where none was
     * @param facts every fact the item's rules read
     */
    @Schema(name = "Item")
    record Item(
            String item,
            Text name,
            String category,
            String authority,
            ApprovalItem.Visit visit,
            List<Choice> variants,
            LocalDate asOf,
            String region,
            List<Cited> licenceBasis,
            List<Point> points,
            List<Fact> facts) {}

    /**
     * @param inForce null where the research found no day
     * @param recalled true where the clause has not yet been read in the text of the law
     * @param common whether other items share the point
     * @param verified last day somebody checked that the source still says so
     */
    @Schema(name = "RequirementPoint")
    record Point(
            String point,
            Stage stage,
            CheckKind check,
            Severity severity,
            boolean curable,
            Text title,
            Text text,
            List<Cited> basis,
            String region,
            @Nullable LocalDate inForce,
            @Nullable LocalDate until,
            List<Limit> limits,
            List<Table> tables,
            boolean common,
            Text fix,
            Text evidence,
            boolean recalled,
            @Nullable LocalDate verified,
            @Nullable String source) {}

    /** A decision table, as the officer wrote it. */
    @Schema(name = "DecisionTable")
    record Table(String file, List<String> headings, List<List<String>> rows) {}

    /**
     * A limit as it holds there and then.
     *
     * @param value null where no figure is known for the region
     * @param ask fact by which the applicant gives the local figure
     */
    @Schema(name = "Limit")
    record Limit(
            String name,
            String unit,
            @Nullable BigDecimal value,
            @Nullable String region,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            @Nullable String ask) {}

    @Schema(name = "Facts")
    record Facts(List<Fact> facts) {}

    /**
     * @param type number, integer, boolean or choice
     * @param sources who may supply it: MAP, PLAN, ANSWER, REQUEST
     */
    @Schema(name = "Fact")
    record Fact(
            String fact,
            String label,
            String type,
            String unit,
            List<String> sources,
            Text ask,
            Text howTo,
            List<Choice> choices,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {}
}
