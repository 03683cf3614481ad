package org.kanqian.rules.engine;

/** In working memory: this point is to be judged in this world. */
public record Check(String point, int world) {}
