/** Map layers: declared, read strictly, indexed once and never changed afterwards. */
@NullMarked
package org.kanqian.gis.layer;

import org.jspecify.annotations.NullMarked;
