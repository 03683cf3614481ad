/**
 * Draws floor plans: what a plan holds, and what was found of it, on one sheet, as SVG and as PDF.
 * A sheet is laid out once, in millimetres of paper, and then written in either form.
 */
@NullMarked
package org.kanqian.gis.plan.drawing;

import org.jspecify.annotations.NullMarked;
