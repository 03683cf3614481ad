package org.kanqian.rules.engine;

/** In working memory: a number, a ratio or a limit, as it is in this world. */
public record Amount(String name, int world, double number) {}
