/** What whoever draws a plan asks: its words, a file turned into one, what is wrong with it now. */
@NullMarked
package org.kanqian.api.plan;

import org.jspecify.annotations.NullMarked;
