/** Which features of a file belong to a layer, said in CQL and evaluated by GeoTools. */
@NullMarked
package org.kanqian.gis.filter;

import org.jspecify.annotations.NullMarked;
