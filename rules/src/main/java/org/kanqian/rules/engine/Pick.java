package org.kanqian.rules.engine;

/** In working memory: a choice, as it is in this world. */
public record Pick(String name, int world, String value) {}
