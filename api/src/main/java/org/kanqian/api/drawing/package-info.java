/** Floor plans drawn with what a pre-check found of them, over HTTP and on the command line. */
@NullMarked
package org.kanqian.api.drawing;

import org.jspecify.annotations.NullMarked;
