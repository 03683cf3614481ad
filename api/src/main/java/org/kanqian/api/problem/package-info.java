/** Errors as people and programs read them (RFC 9457). */
@NullMarked
package org.kanqian.api.problem;

import org.jspecify.annotations.NullMarked;
