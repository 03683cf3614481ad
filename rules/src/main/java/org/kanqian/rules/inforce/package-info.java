/** What is in force, on which day, in which region. */
@NullMarked
package org.kanqian.rules.inforce;

import org.jspecify.annotations.NullMarked;
