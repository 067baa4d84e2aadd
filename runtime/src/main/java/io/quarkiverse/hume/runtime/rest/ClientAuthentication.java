package io.quarkiverse.hume.runtime.rest;

import io.quarkiverse.hume.HumeStrategy;

/** The account and the strategy that {@code @HumeAuthenticated} or the configuration specifies for calls. */
public record ClientAuthentication(String account, HumeStrategy strategy) {
}
