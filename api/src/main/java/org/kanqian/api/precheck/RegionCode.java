package org.kanqian.api.precheck;

import java.util.Optional;
import java.util.Set;
import org.kanqian.rules.pack.Text;

/** Codes of places as GB/T 2260 has them: province, city and district, two digits each. */
public final class RegionCode {
    private static final Set<String> PROVINCES =
            Set.of(
                    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35",
                    "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54",
                    "61", "62", "63", "64", "65", "71", "81", "82");

    /** Cities without districts: 嘉峪关, 东莞, 中山, 儋州. */
    private static final Set<String> WITHOUT_DISTRICTS =
            Set.of("620200", "441900", "442000", "460400");

    private RegionCode() {}

    /** What is wrong with the code of a province, city or district; empty if it is one. */
    public static Optional<Text> fault(String code) {
        return code.matches("[0-9]{6}") && PROVINCES.contains(code.substring(0, 2))
                ? Optional.empty()
                : Optional.of(
                        new Text(
                                "要填六位行政区划代码，例如 510106。",
                                "A six-digit region code is needed, e.g. 510106."));
    }

    /**
     * What is wrong with the code of the district a site lies in. A mere city or province is
     * refused: what its districts ask beyond it would be passed over.
     */
    public static Optional<Text> faultOfDistrict(String code) {
        Optional<Text> fault = fault(code);
        if (fault.isPresent() || !code.endsWith("00") || WITHOUT_DISTRICTS.contains(code)) {
            return fault;
        }
        return Optional.of(
                new Text(
                        "要填到区（县），例如 510106；" + code + " 只到市或省。",
                        "The district is needed, e.g. 510106; "
                                + code
                                + " is a whole city or province."));
    }
}
