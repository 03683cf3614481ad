package org.kanqian.gis.layer;

import java.util.Arrays;

/** Numbers that wait, the nearest first: a binary heap in two arrays. For one thread. */
public final class NearestFirst {
    private double[] distances = new double[64];
    private int[] numbers = new int[64];
    private int size;

    /** Whether none waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** How far away the nearest is; of no meaning if none waits. */
    public double distance() {
        return distances[0];
    }

    /** Adds a number; one that waits already waits twice. */
    public void add(double distance, int number) {
        if (size == distances.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        int at = size++;
        while (at > 0 && distances[(at - 1) / 2] > distance) {
            distances[at] = distances[(at - 1) / 2];
            numbers[at] = numbers[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        distances[at] = distance;
        numbers[at] = number;
    }

    /** Takes the nearest away; there must be one. */
    public int remove() {
        int nearest = numbers[0];
        double distance = distances[--size];
        int number = numbers[size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && distances[child + 1] < distances[child]) {
                child++;
            }
            if (distances[child] >= distance) {
                break;
            }
            distances[at] = distances[child];
            numbers[at] = numbers[child];
            at = child;
        }
        distances[at] = distance;
        numbers[at] = number;
        return nearest;
    }
}
