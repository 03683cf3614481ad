package org.kanqian.gis.filter;

import java.util.Map;
import org.geotools.filter.expression.PropertyAccessor;
import org.geotools.filter.expression.PropertyAccessorFactory;
import org.geotools.util.factory.Hints;
import org.jspecify.annotations.Nullable;

/**
 * Lets GeoTools' filters read attributes from a map. Named in {@code META-INF/services}; it takes
 * the place of GeoTools' own, so that a filter reads attributes and nothing else.
 */
public final class AttributesAccessorFactory implements PropertyAccessorFactory {
    private static final PropertyAccessor ATTRIBUTES = new Attributes();

    @Override
    public @Nullable PropertyAccessor createPropertyAccessor(
            Class<?> type, String path, @Nullable Class<?> target, @Nullable Hints hints) {
        return Map.class.isAssignableFrom(type) ? ATTRIBUTES : null;
    }

    private static final class Attributes implements PropertyAccessor {
        @Override
        public boolean canHandle(Object object, String path, @Nullable Class<?> target) {
            return object instanceof Map;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // as declared
        public <T> T get(Object object, String path, @Nullable Class<T> target) {
            return (T) ((Map<?, ?>) object).get(path);
        }

        @Override
        public <T> void set(Object object, String path, T value, Class<T> target) {
            throw new UnsupportedOperationException("attributes are only read");
        }
    }
}
