package org.kanqian.gis.layer;

/**
 * What is wrong with a layer.
 *
 * @param file the file, relative to the folder of layers
 * @param feature index of the feature in the file, from 0; −1 for the file as a whole
 */
public record LayerFault(String file, int feature, String zh, String en) {
    @Override
    public String toString() {
        return file + (feature < 0 ? "" : "#" + feature) + " " + zh + " / " + en;
    }
}
