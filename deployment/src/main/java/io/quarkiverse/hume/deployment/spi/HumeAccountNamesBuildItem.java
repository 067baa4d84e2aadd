package io.quarkiverse.hume.deployment.spi;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkus.builder.item.SimpleBuildItem;

/**
 * The named accounts that the build knows, from annotations, qualifiers and configuration, each once and under the name that
 * the application uses.
 */
public final class HumeAccountNamesBuildItem extends SimpleBuildItem {

    private final SortedSet<String> names;
    private final SortedSet<String> configured;

    public HumeAccountNamesBuildItem(Set<String> names, Set<String> configured) {
        this.names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
        this.configured = Collections.unmodifiableSortedSet(new TreeSet<>(configured));
    }

    /** In alphabetical order, without the default account. */
    public SortedSet<String> names() {
        return names;
    }

    /** The accounts with a property that is visible at build time. */
    public SortedSet<String> configured() {
        return configured;
    }
}
