package org.kanqian.rules.pack;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A law, regulation, rule or standard, once in the whole pack.
 *
 * @param id kebab-case, unique in the pack
 * @param title official title
 * @param doc document number, e.g. 国务院令第458号; may be empty
 * @param issuer who issued it; may be empty
 * @param inForce the day the version relied on came into force; null where the research gives only
 *     a year or nothing
 * @param inForceText the same as people write it: {@code 2020-11-29}, {@code 2013年}, or 未查明
 * @param until last day in force, inclusive
 * @param supersededBy id of the successor
 * @param source address of a page with the text
 */
public record LegalSource(
        String id,
        String title,
        String doc,
        String issuer,
        @Nullable LocalDate inForce,
        String inForceText,
        @Nullable LocalDate until,
        Optional<String> supersededBy,
        Optional<String> source) {}
