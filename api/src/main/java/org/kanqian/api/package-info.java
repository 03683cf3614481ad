/** The service and its command line: the only module that knows Spring. */
@NullMarked
package org.kanqian.api;

import org.jspecify.annotations.NullMarked;
