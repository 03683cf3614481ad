package org.kanqian.gis.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;

class BoxTreeTest {
    private final Random random = new Random(20261128);

    private List<Envelope> boxes(int count) {
        List<Envelope> boxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // On a grid, so that many touch and many lie as near as others.
            double x = random.nextInt(50);
            double y = random.nextInt(50);
            boxes.add(new Envelope(x, x + random.nextInt(3), y, y + random.nextInt(3)));
        }
        return boxes;
    }

    private static BoxTree tree(List<Envelope> boxes) {
        return new BoxTree(boxes.size(), boxes::get);
    }

    @Test
    void findsEveryBoxThatMeetsAnotherAndNoOther() {
        for (int count : new int[] {1, 2, 8, 9, 64, 65, 700}) {
            List<Envelope> boxes = boxes(count);
            BoxTree tree = tree(boxes);
            for (int i = 0; i < 200; i++) {
                Envelope asked = boxes(1).get(0);
                List<Integer> found = new ArrayList<>();

                tree.meeting(asked, found::add);

                List<Integer> all =
                        IntStream.range(0, count)
                                .filter(n -> boxes.get(n).intersects(asked))
                                .boxed()
                                .toList();
                assertThat(found).containsExactlyInAnyOrderElementsOf(all);
            }
        }
    }

    @Test
    void findsTheFirstOfTheNearest() {
        for (int count : new int[] {1, 2, 8, 9, 64, 65, 700}) {
            List<Envelope> boxes = boxes(count);
            BoxTree tree = tree(boxes);
            for (int i = 0; i < 200; i++) {
                Envelope asked = boxes(1).get(0);

                int nearest = tree.nearest(asked, n -> boxes.get(n).distance(asked));

                int first = 0;
                for (int n = 1; n < count; n++) {
                    if (boxes.get(n).distance(asked) < boxes.get(first).distance(asked)) {
                        first = n;
                    }
                }
                assertThat(nearest).isEqualTo(first);
            }
        }
    }

    @Test
    void anEmptyTreeFindsNothing() {
        BoxTree tree = tree(List.of());
        List<Integer> found = new ArrayList<>();

        tree.meeting(new Envelope(0, 1, 0, 1), found::add);

        assertThat(found).isEmpty();
        assertThat(tree.nearest(new Envelope(0, 1, 0, 1), n -> 0)).isEqualTo(-1);
    }
}
