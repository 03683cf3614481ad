/** The rule engine. Drools lives here and nowhere else. */
@NullMarked
package org.kanqian.rules.engine;

import org.jspecify.annotations.NullMarked;
