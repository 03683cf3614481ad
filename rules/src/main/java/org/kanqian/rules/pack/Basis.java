package org.kanqian.rules.pack;

import java.util.Optional;

/**
 * A citation.
 *
 * @param law the source itself
 * @param article e.g. 第七条, or a section number of a technical standard; empty where the article was
 *     not found and so is left out rather than guessed
 */
public record Basis(LegalSource law, Optional<String> article) {}
