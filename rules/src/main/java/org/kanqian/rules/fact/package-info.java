/**
 * Facts about a site, a plan or an applicant: the one language {@code gis} and {@code rules} share.
 */
@NullMarked
package org.kanqian.rules.fact;

import org.jspecify.annotations.NullMarked;
