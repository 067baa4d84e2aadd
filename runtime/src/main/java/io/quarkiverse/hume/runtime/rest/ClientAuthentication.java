package io.quarkiverse.hume.runtime.rest;

import io.quarkiverse.hume.HumeStrategy;

/** What {@code @HumeAuthenticated} says, or configuration in its place. */
public record ClientAuthentication(String account, HumeStrategy strategy) {
}
