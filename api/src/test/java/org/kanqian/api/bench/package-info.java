/** Benchmarks: run them with {@code ./kanqian bench}. */
@NullMarked
package org.kanqian.api.bench;

import org.jspecify.annotations.NullMarked;
