package org.kanqian.gis.survey;

/**
 * Where the site was taken to be.
 *
 * @param lon CGCS2000 degrees
 * @param lat CGCS2000 degrees
 * @param accuracyMetres how far from the truth it may lie, the conversion of its datum included
 */
public record ResolvedSite(double lon, double lat, double accuracyMetres) {}
