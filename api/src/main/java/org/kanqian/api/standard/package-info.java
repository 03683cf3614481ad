/** The standards pack in use. */
@NullMarked
package org.kanqian.api.standard;

import org.jspecify.annotations.NullMarked;
