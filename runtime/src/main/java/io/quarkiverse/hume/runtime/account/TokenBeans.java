package io.quarkiverse.hume.runtime.account;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.hume.HumeTokenSource;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;

/** The beans that only applications with access tokens have. */
@Singleton
public class TokenBeans {

    @Produces
    @Singleton
    TokenSupport tokenSupport(Vertx vertx, Instance<HumeTokenSource> custom, TlsConfigurationRegistry tls,
            ProxyConfigurationRegistry proxies, Instance<TokenRequestTracer> tracer) {
        return new EndpointTokenSupport(vertx, custom, new ClientRoute(tls, proxies),
                tracer.isResolvable() ? tracer.get() : TokenRequestTracer.NONE);
    }
}
