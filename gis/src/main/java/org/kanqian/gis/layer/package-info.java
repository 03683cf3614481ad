/** Map layers: what they hold, where they hold, how old and how exact they are. */
@NullMarked
package org.kanqian.gis.layer;

import org.jspecify.annotations.NullMarked;
