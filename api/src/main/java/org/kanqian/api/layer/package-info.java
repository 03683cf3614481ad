/** The map layers answers rest on. */
@NullMarked
package org.kanqian.api.layer;

import org.jspecify.annotations.NullMarked;
