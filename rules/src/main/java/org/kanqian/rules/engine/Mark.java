package org.kanqian.rules.engine;

/** In working memory: a yes or no, as it is in this world. */
public record Mark(String name, int world, boolean yes) {}
