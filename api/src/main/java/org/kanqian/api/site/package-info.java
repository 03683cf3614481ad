/** Where in a district a business may go. */
@NullMarked
package org.kanqian.api.site;

import org.jspecify.annotations.NullMarked;
