/** Reads, checks and hashes a standards pack. */
@NullMarked
package org.kanqian.rules.pack;

import org.jspecify.annotations.NullMarked;
