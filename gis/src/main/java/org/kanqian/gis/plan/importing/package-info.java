/**
 * Floor plans out of other people's files: DXF drawings, GeoJSON and IMDF become plan JSON ({@code
 * kanqian-plan/1}) with a list of all that was guessed or left out. Nothing here judges premises;
 * what comes out passes {@link org.kanqian.gis.plan.FloorPlan#read} like any other plan.
 */
@NullMarked
package org.kanqian.gis.plan.importing;

import org.jspecify.annotations.NullMarked;
